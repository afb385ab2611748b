#include "core/half.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace glassformer {
namespace {

TEST(Half, WidensExactly) {
  EXPECT_EQ(f16_to_f32(0x3C00), 1.0F);
  EXPECT_EQ(f16_to_f32(0xC000), -2.0F);
  EXPECT_EQ(f16_to_f32(0x7BFF), 65504.0F);
  EXPECT_EQ(f16_to_f32(0x0001), 0x1p-24F);
  EXPECT_EQ(f16_to_f32(0x8000), 0.0F);
  EXPECT_TRUE(std::signbit(f16_to_f32(0x8000)));
  EXPECT_TRUE(std::isinf(f16_to_f32(0x7C00)));
  EXPECT_TRUE(std::isnan(f16_to_f32(0x7E00)));
  EXPECT_EQ(bf16_to_f32(0x3F80), 1.0F);
}

bool is_finite_f16(uint16_t bits) { return (bits & 0x7C00) != 0x7C00; }

TEST(Half, EveryFiniteValueComesBack) {
  for (uint32_t bits = 0; bits <= 0xFFFF; ++bits) {
    const auto half = static_cast<uint16_t>(bits);
    if (!is_finite_f16(half)) continue;
    ASSERT_EQ(f32_to_f16(f16_to_f32(half)), half) << bits;
  }
}

TEST(Half, RoundsToTheNearestAndTiesToEven) {
  for (const uint16_t even : {0x0000, 0x0002, 0x03FE, 0x0400, 0x3C00, 0x7BFC}) {
    const auto odd = static_cast<uint16_t>(even + 1), next = static_cast<uint16_t>(even + 2);
    const float low = (f16_to_f32(even) + f16_to_f32(odd)) / 2;
    const float high = (f16_to_f32(odd) + f16_to_f32(next)) / 2;
    EXPECT_EQ(f32_to_f16(low), even);
    EXPECT_EQ(f32_to_f16(std::nextafter(low, 1e9F)), odd);
    EXPECT_EQ(f32_to_f16(std::nextafter(high, 0.0F)), odd);
    EXPECT_EQ(f32_to_f16(high), next);
    EXPECT_EQ(f32_to_f16(-low), even | 0x8000);
  }
}

TEST(Half, RowsAreWidenedAsSingleValues) {
  std::vector<uint16_t> values;
  for (uint32_t bits = 0; bits <= 0xFFFF; bits += 3) {
    if (is_finite_f16(static_cast<uint16_t>(bits))) values.push_back(static_cast<uint16_t>(bits));
  }
  std::vector<float> out(values.size());
  const MatrixView<const uint16_t> matrix(values.data(), 1, values.size());
  widen_row({matrix, HalfFormat::kF16}, 0, out);
  for (size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], f16_to_f32(values[i])) << values[i];
  widen_row({matrix, HalfFormat::kBF16}, 0, out);
  for (size_t i = 0; i < out.size(); ++i) ASSERT_EQ(out[i], bf16_to_f32(values[i])) << values[i];
}

}  // namespace
}  // namespace glassformer
