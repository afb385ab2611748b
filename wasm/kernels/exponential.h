// The exponential function, plain C++ without branches, so that loops over it become vectors on
// every machine.
#pragma once

#include <bit>
#include <cstdint>

namespace glassformer {

/// e^x for x <= 0, within 2e-7 of its value; 0 below -87, where it would leave the normal numbers;
/// NaN of NaN. e^x = 2^n e^r with |r| <= ln(2) / 2; ln(2) is subtracted in two parts, the first of
/// so few bits that n times it is exact (Cody & Waite 1980).
inline float exp_of_negative(float x) {
  constexpr float kLowest = -87.0F;
  constexpr float kLog2E = 1.44269504F;
  constexpr float kLn2High = 0.693359375F, kLn2Low = -2.12194440e-4F;
  constexpr float kRounder = 12582912.0F;  // 1.5 * 2^23: what is added to it is rounded
  constexpr int kExponentBias = 127, kMantissaBits = 23;
  const float bounded = x < kLowest ? kLowest : x;
  const float rounded = bounded * kLog2E + kRounder;
  const float n = rounded - kRounder;
  const float r = (bounded - n * kLn2High) - n * kLn2Low;
  float power = 1.9875691500e-4F;  // minimax polynomial of Cephes' expf
  power = power * r + 1.3981999507e-3F;
  power = power * r + 8.3334519073e-3F;
  power = power * r + 4.1665795894e-2F;
  power = power * r + 1.6666665459e-1F;
  power = power * r + 5.0000001201e-1F;
  power = power * r * r + r + 1.0F;
  // The low bits of `rounded` are n; those above go where the shift drops them.
  const uint32_t exponent = std::bit_cast<uint32_t>(rounded) + kExponentBias;
  const float scaled = power * std::bit_cast<float>(exponent << kMantissaBits);
  return x < kLowest ? 0.0F : scaled;
}

}  // namespace glassformer
