#include "layers/sinusoidal_positions.h"

#include <cmath>

namespace glassformer {

void add_sinusoidal_positions(Matrix x, size_t first) {
  constexpr double kLongestWave = 10000.0;
  const size_t d = x.cols;
  const size_t n_sines = (d + 1) / 2;
  for (size_t i = 0; i < x.rows; ++i) {
    for (size_t j = 0; j < n_sines; ++j) {
      const double exponent = 2.0 * static_cast<double>(j) / static_cast<double>(d);
      const double angle = static_cast<double>(first + i) / std::pow(kLongestWave, exponent);
      x.at(i, j) += static_cast<float>(std::sin(angle));
      if (n_sines + j < d) x.at(i, n_sines + j) += static_cast<float>(std::cos(angle));
    }
  }
}

}  // namespace glassformer
