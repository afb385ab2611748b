// Matrices for the tests of kernels: normally distributed, the same in every run.
#pragma once

#include <random>
#include <vector>

#include "core/matrix.h"

namespace glassformer::testing {

struct RandomMatrix {
  std::vector<float> data;
  size_t rows, cols;

  RandomMatrix(size_t rows, size_t cols, unsigned seed = 0)
      : data(rows * cols), rows(rows), cols(cols) {
    std::minstd_rand random(seed + 1);
    std::normal_distribution<float> normal;
    for (float& value : data) value = normal(random);
  }
  Matrix view() { return {data.data(), rows, cols}; }
};

}  // namespace glassformer::testing
