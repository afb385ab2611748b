#include "core/quantize.h"

#include <algorithm>
#include <cmath>

namespace glassformer {

namespace {
constexpr float kInt8Max = 127.0F;
}  // namespace

float quantize_row(std::span<const float> row, std::span<int8_t> out) {
  GF_CHECK(out.size() == row.size());
  float largest = 0.0F;
  for (const float value : row) largest = std::max(largest, std::abs(value));
  const float scale = largest / kInt8Max;
  for (size_t i = 0; i < row.size(); ++i) {
    // Divided, not multiplied by 1 / scale: a subnormal scale has no finite inverse.
    const float steps = scale > 0.0F ? std::nearbyint(row[i] / scale) : 0.0F;
    out[i] = static_cast<int8_t>(std::clamp(steps, -kInt8Max, kInt8Max));
  }
  return scale;
}

int32_t row_sum(std::span<const int8_t> row) {
  int32_t sum = 0;
  for (const int8_t value : row) sum += value;
  return sum;
}

void dequantize_row(const Int8Matrix& matrix, size_t i, std::span<float> out) {
  GF_CHECK(out.size() == matrix.values.cols && matrix.scales.size() == matrix.values.rows);
  const float scale = matrix.scales[i];
  const int8_t* row = matrix.values.data + i * matrix.values.stride;
  for (size_t j = 0; j < out.size(); ++j) out[j] = static_cast<float>(row[j]) * scale;
}

}  // namespace glassformer
