#include "core/half.h"

#include <cmath>

namespace glassformer {

uint16_t f32_to_f16(float value) {
  GF_CHECK(std::abs(value) <= kMaxF16);
  constexpr float kSmallestNormal = 0x1p-14F;
  const uint32_t wide = std::bit_cast<uint32_t>(value);
  const auto sign = static_cast<uint16_t>((wide >> 16) & 0x8000U);
  const float magnitude = std::abs(value);
  if (magnitude < kSmallestNormal) {  // counted in steps of 2^-24; the largest step is a normal
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(magnitude * 0x1p24F)));
  }
  // Adding half of what is cut off, less one where the last kept bit is even, rounds ties to even;
  // a carry into the exponent is right as it is.
  constexpr uint32_t kBiasDifference = 127 - 15;
  const uint32_t bits = std::bit_cast<uint32_t>(magnitude) - (kBiasDifference << 23);
  const uint32_t rounded = bits + 0xFFF + ((bits >> 13) & 1);
  return static_cast<uint16_t>(sign | static_cast<uint16_t>(rounded >> 13));
}

namespace {

/// For finite values, without a branch, so that the loop vectorises: the exponent's bits are read
/// as if they were an F32's and corrected by a multiplication, which subnormals come through too.
float widen_finite_f16(uint16_t bits) {
  const float magnitude = std::bit_cast<float>(uint32_t{bits & 0x7FFFU} << 13) * 0x1p112F;
  return std::bit_cast<float>(std::bit_cast<uint32_t>(magnitude) |
                              (uint32_t{bits & 0x8000U} << 16));
}

}  // namespace

void widen_row(const HalfMatrix& matrix, size_t i, std::span<float> out) {
  GF_CHECK(out.size() == matrix.values.cols);
  const uint16_t* row = matrix.values.data + i * matrix.values.stride;
  if (matrix.format == HalfFormat::kF16) {
    for (size_t j = 0; j < out.size(); ++j) out[j] = widen_finite_f16(row[j]);
  } else {
    for (size_t j = 0; j < out.size(); ++j) out[j] = bf16_to_f32(row[j]);
  }
}

}  // namespace glassformer
