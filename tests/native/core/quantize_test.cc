#include "core/quantize.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace glassformer {
namespace {

TEST(Quantize, IsWithinHalfAStep) {
  const std::vector<float> row = {-3.0F, 0.0F, 0.017F, 1.49F, 2.999F};
  std::vector<int8_t> values(row.size());
  const float scale = quantize_row(row, values);
  EXPECT_FLOAT_EQ(scale, 3.0F / 127);
  EXPECT_EQ(values[0], -127);
  std::vector<float> back(row.size());
  dequantize_row({{values.data(), 1, values.size()}, std::span(&scale, 1)}, 0, back);
  for (size_t i = 0; i < row.size(); ++i) EXPECT_NEAR(back[i], row[i], scale / 2 * 1.0001F) << i;
}

TEST(Quantize, HandlesZerosAndTheSmallestNumbers) {
  std::array<int8_t, 2> values{};
  EXPECT_EQ(quantize_row(std::array{0.0F, 0.0F}, values), 0.0F);
  EXPECT_EQ(values[0], 0);
  quantize_row(std::array{1e-40F, -1e-40F}, values);
  EXPECT_GT(values[0], 0);
  EXPECT_EQ(values[1], -values[0]);
}

}  // namespace
}  // namespace glassformer
