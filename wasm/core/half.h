// Half floats, as checkpoints store them: to F32, which is exact, and back, to the nearest.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "core/matrix.h"

namespace glassformer {

/// bfloat16: the upper half of an F32.
inline float bf16_to_f32(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }

/// IEEE 754 binary16, subnormals, infinities and NaN included.
inline float f16_to_f32(uint16_t bits) {
  const uint32_t sign = uint32_t{bits & 0x8000U} << 16;
  const uint32_t exponent = (bits >> 10) & 0x1F;
  const uint32_t mantissa = bits & 0x3FF;
  if (exponent == 0) {  // zero and subnormals: mantissa * 2^-24
    const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
    return std::bit_cast<float>(sign | std::bit_cast<uint32_t>(magnitude));
  }
  constexpr uint32_t kBiasDifference = 127 - 15;
  const uint32_t wide_exponent = exponent == 0x1F ? 0xFF : exponent + kBiasDifference;
  return std::bit_cast<float>(sign | (wide_exponent << 23) | (mantissa << 13));
}

/// The largest magnitude that a binary16 holds.
inline constexpr float kMaxF16 = 65504.0F;

/// The nearest binary16, ties to even; |value| <= kMaxF16.
uint16_t f32_to_f16(float value);

/// Writes row i of `matrix`, whose values are finite, in F32; out [cols].
void widen_row(const HalfMatrix& matrix, size_t i, std::span<float> out);

}  // namespace glassformer
