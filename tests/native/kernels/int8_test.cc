#include "kernels/int8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/quantize.h"
#include "kernels/dot_product.h"
#include "kernels/dot_tile.h"
#include "kernels/random_matrix.h"

namespace glassformer {
namespace {

using testing::RandomMatrix;

struct Shape {
  size_t m, k, n;
};
// More rows than a tile has, columns beyond a block, k beyond a block's depth, and no multiple of
// anything.
constexpr Shape kShapes[] = {{1, 1, 1},    {1, 7, 3},    {5, 1, 9},     {3, 64, 65},   {17, 33, 31},
                             {64, 3, 64},  {1, 384, 70}, {2, 1030, 66}, {13, 96, 129}, {4, 2061, 5},
                             {8, 515, 67}, {6, 32, 2},   {7, 47, 130},  {3, 3100, 70}};

/// Random integers of [low, high], both of which occur at the worst place: side by side.
template <class Integer>
std::vector<Integer> random_integers(size_t count, int low, int high, unsigned seed) {
  std::minstd_rand random(seed);
  std::uniform_int_distribution<int> any(low, high);
  std::vector<Integer> values(count);
  for (Integer& value : values) value = static_cast<Integer>(any(random));
  for (size_t i = 0; i < count / 2; ++i) values[i] = static_cast<Integer>(i % 64 < 32 ? low : high);
  return values;
}

/// w of integers, [n, k]: what every Dot has to make of it and of any a [m, k].
template <class Dot>
void expect_exact_sums(const Shape& shape, const std::vector<int8_t>& w,
                       const std::vector<uint8_t>& light = {}) {
  using Left = typename Dot::Left;
  const auto [m, k, n] = shape;
  const auto a = random_integers<Left>(m * k, 0, kActivationMax, 1);
  std::vector<Left> tails(m * Dot::kWidth);
  LeftRows<Dot> left{{a.data(), m, k}, {}};
  if (k % Dot::kWidth != 0) {
    const MatrixView<Left> view(tails.data(), m, Dot::kWidth);
    for (size_t i = 0; i < m; ++i) write_tail<Dot>(left.rows.row(i), view.row(i));
    left.tails = view;
  }
  std::vector<int> times(m * n);
  multiply_by_tiles<Dot>(
      left, {{w.data(), n, k}, light}, [&](size_t i, size_t first, std::span<const int32_t> sums) {
        for (size_t j = 0; j < sums.size(); ++j) {
          int32_t expected = 0;
          for (size_t l = 0; l < k; ++l) expected += a[i * k + l] * w[(first + j) * k + l];
          ASSERT_EQ(sums[j], expected) << m << "x" << k << "x" << n << " at " << i << ", " << j;
          ++times[i * n + first + j];
        }
      });
  for (const int count : times) ASSERT_EQ(count, 1);
}

template <class Dot>
class Int8Dots : public ::testing::Test {};
using AllInt8Dots = ::testing::Types<PortableInt8Dot, Int8Dot>;
TYPED_TEST_SUITE(Int8Dots, AllInt8Dots);

TYPED_TEST(Int8Dots, AreExactAtOddShapes) {
  for (const Shape& shape : kShapes) {
    if (shape.k < TypeParam::kWidth) continue;
    expect_exact_sums<TypeParam>(shape, random_integers<int8_t>(shape.n * shape.k, -127, 127, 2));
  }
}

constexpr bool kHasLightRows = HasLightRows<Int8Dot>;

TEST(LightRows, AreExactAmongOthersAtOddShapes) {
  for (const Shape& shape : kShapes) {
    const auto [m, k, n] = shape;
    if (k < Int8Dot::kWidth) continue;
    std::vector<int8_t> w;
    for (size_t j = 0; j < n; ++j) {  // four of 64 are the most that is always light
      const int largest = j % 5 < 4 ? 64 : 127;
      const auto row = random_integers<int8_t>(k, -largest, largest, static_cast<unsigned>(j));
      w.insert(w.end(), row.begin(), row.end());
    }
    const std::vector<uint8_t> light = light_rows({w.data(), n, k});
    ASSERT_EQ(light.size(), kHasLightRows ? n : 0);
    for (size_t j = 0; j < light.size(); ++j) {
      ASSERT_TRUE(j % 5 == 4 || light[j] == 1) << k << ", " << j;
    }
    expect_exact_sums<Int8Dot>(shape, w, light);
  }
}

TEST(LightRows, FillSixteenBitsAndNoMore) {
  constexpr size_t kStep = std::max<size_t>(Int8Dot::kWidth, 8);
  constexpr size_t kCols = 2 * kStep;
  const std::array<int8_t, 4> fours[] = {
      {127, 127, 4, 0}, {127, 0, 127, 4}, {-127, -127, -4, 0}, {127, -127, 127, 4},
      {127, 127, 5, 0}, {5, 127, 0, 127}, {-127, -5, -127, 0}, {127, 127, 127, -127}};
  constexpr size_t kLight = 4;  // of these
  std::vector<int8_t> w(std::size(fours) * kCols);
  for (size_t i = 0; i < std::size(fours); ++i) {
    int8_t* row = &w[i * kCols + 6];
    std::ranges::copy(std::span(fours[i]).first(2), row);
    std::ranges::copy(std::span(fours[i]).last(2), row + kStep);
  }
  const std::vector<uint8_t> light = light_rows({w.data(), std::size(fours), kCols});
  for (size_t i = 0; i < light.size(); ++i) EXPECT_EQ(light[i], i < kLight ? 1 : 0) << i;
  const std::vector<typename Int8Dot::Left> a(3 * kCols, kActivationMax);
  const RightRows<Int8Dot> right{{w.data(), std::size(fours), kCols}, light};
  multiply_by_tiles<Int8Dot>(
      {{a.data(), 3, kCols}, {}}, right, [&](size_t, size_t first, std::span<const int32_t> sums) {
        for (size_t j = 0; j < sums.size(); ++j) {
          EXPECT_EQ(sums[j], kActivationMax * row_sum({&w[(first + j) * kCols], kCols}))
              << first + j;
        }
      });
}

struct Quantized {
  std::vector<int8_t> values;
  std::vector<float> scales;
  std::vector<int32_t> sums;
  size_t rows, cols;

  explicit Quantized(ConstMatrix w)
      : values(w.rows * w.cols), scales(w.rows), sums(w.rows), rows(w.rows), cols(w.cols) {
    for (size_t i = 0; i < rows; ++i) {
      const std::span row(values.data() + i * cols, cols);
      scales[i] = quantize_row(w.row(i), row);
      sums[i] = row_sum(row);
    }
  }
  Int8Matrix view() const { return {{values.data(), rows, cols}, scales, sums}; }
};

/// What half a step of every activation, all rounded to the worse side, can move a product by.
double largest_error(std::span<const float> a, const Int8Matrix& w, size_t j) {
  double weights = 0;
  for (const int8_t value : w.values.row(j)) weights += std::abs(value);
  return 0.5 * choose_quantization(a).scale * w.scales[j] * weights;
}

TEST(Int8, StaysWithinTheRoundingOfTheActivations) {
  Workspace workspace;
  for (const auto [m, k, n] : kShapes) {
    RandomMatrix a(m, k, 1), w(n, k, 2), bias(1, n, 3), out(m, n);
    const Quantized quantized(w.view());
    const Int8Matrix int8 = quantized.view();
    matmul_transposed(a.view(), int8, bias.view().row(0), out.view(), workspace);
    for (size_t i = 0; i < m; ++i) {
      for (size_t j = 0; j < n; ++j) {
        double expected = bias.data[j];
        for (size_t l = 0; l < k; ++l) {
          expected += double{a.view().at(i, l)} * int8.values.at(j, l) * int8.scales[j];
        }
        const double allowed = largest_error(a.view().row(i), int8, j) + 1e-5;
        ASSERT_NEAR(out.view().at(i, j), expected, allowed) << m << "x" << k << "x" << n;
      }
    }
  }
}

TEST(Int8, IsExactForActivationsOnTheGrid) {
  std::vector<float> a = {-3, 0, 123, 60, -1, 17};  // 126 steps of 1: -3 to 123
  const std::vector<float> w = {127, -127, 5, 80, 99, -1, 0, 1, 2, 127, -4, 127};
  const Quantized quantized(ConstMatrix(w.data(), 2, 6));
  std::vector<float> out(2);
  Workspace workspace;
  matmul_transposed({a.data(), 1, 6}, quantized.view(), {}, {out.data(), 1, 2}, workspace);
  EXPECT_EQ(out[0], -3 * 127 + 123 * 5 + 60 * 80 - 99 - 17);
  EXPECT_EQ(out[1], 123 * 2 + 60 * 127 + 4 + 17 * 127);
}

TEST(Int8, TakesRowsOfZerosHugeAndTinyNumbers) {
  const float tiny = std::numeric_limits<float>::denorm_min();
  const std::vector<float> a = {0, 0, 0, tiny, -tiny, tiny, 1e30F, -1e30F, 0, 5, 5, 5};
  const std::vector<float> w = {127, 127, 127};
  const Quantized quantized(ConstMatrix(w.data(), 1, 3));
  std::vector<float> out(4);
  Workspace workspace;
  matmul_transposed({a.data(), 4, 3}, quantized.view(), {}, {out.data(), 4, 1}, workspace);
  EXPECT_EQ(out[0], 0.0F);
  EXPECT_EQ(out[1], 0.0F);
  EXPECT_NEAR(out[2], 0, 1e30);  // within a step's rounding of each
  EXPECT_NEAR(out[3], 15 * 127, 15);
}

TEST(Int8, EveryValueOfARowFallsIntoTheRange) {
  for (int i = 0; i < 10000; ++i) {
    const float low = -1.0F - static_cast<float>(i) * 1e-4F, high = 3.0F;
    const auto [scale, zero_point] = choose_quantization(std::array{low, high});
    EXPECT_GE(std::nearbyint(low / scale + static_cast<float>(zero_point)), 0) << low;
    EXPECT_LE(std::nearbyint(high / scale + static_cast<float>(zero_point)), kActivationMax) << low;
  }
}

}  // namespace
}  // namespace glassformer
