#include "kernels/gemm.h"

#include <gtest/gtest.h>

#include "kernels/random_matrix.h"

namespace glassformer {
namespace {

using testing::RandomMatrix;

double dot_rows(ConstMatrix a, size_t i, ConstMatrix b, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < a.cols; ++k) sum += double{a.at(i, k)} * b.at(j, k);
  return sum;
}

double dot_column(ConstMatrix a, size_t i, ConstMatrix b, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < a.cols; ++k) sum += double{a.at(i, k)} * b.at(k, j);
  return sum;
}

struct Shape {
  size_t m, k, n;
};
// More rows than a tile has, columns beyond a block, k beyond a block's depth, and no multiple of
// anything.
constexpr Shape kShapes[] = {{1, 1, 1},    {1, 7, 3},    {5, 1, 9},     {3, 64, 65},   {17, 33, 31},
                             {64, 3, 64},  {1, 384, 70}, {2, 1030, 66}, {13, 96, 129}, {4, 2061, 5},
                             {8, 515, 67}, {6, 32, 2},   {7, 47, 130}};

TEST(Gemm, MatchesAPlainLoopAtOddShapes) {
  for (const auto [m, k, n] : kShapes) {
    RandomMatrix a(m, k, 1), b(n, k, 2), out(m, n);
    matmul_transposed(a.view(), b.view(), out.view());
    for (size_t i = 0; i < m; ++i) {
      for (size_t j = 0; j < n; ++j) {
        EXPECT_NEAR(out.view().at(i, j), dot_rows(a.view(), i, b.view(), j), 1e-4) << m << k << n;
      }
    }
  }
}

TEST(Gemm, MultipliesViewsOfColumns) {
  RandomMatrix a(6, 20, 1), b(5, 20, 2), out(6, 12);
  const Matrix part = out.view().columns(3, 5);
  matmul_transposed(a.view().columns(4, 8), b.view().columns(8, 8), part);
  const ConstMatrix left = a.view().columns(4, 8), right = b.view().columns(8, 8);
  EXPECT_NEAR(out.view().at(5, 3 + 4), dot_rows(left, 5, right, 4), 1e-4);

  RandomMatrix probs(6, 5, 3), product(6, 8);
  std::vector<float> scratch(matmul_scratch(6, 5));
  matmul(probs.view(), b.view().columns(8, 8), product.view(), scratch);
  EXPECT_NEAR(product.view().at(2, 1), dot_column(probs.view(), 2, b.view(), 8 + 1), 1e-4);
}

TEST(Gemm, MultipliesUntransposedAtOddShapes) {
  constexpr float kUntouched = 7.0F;
  constexpr double kTolerance = 1e-4, kPerTerm = 1e-7;  // one term is added after the other
  for (const auto [m, k, n] : kShapes) {
    RandomMatrix a(m, k, 1), b(k, n, 2), out(m, n + 1);
    std::vector<float> scratch(matmul_scratch(m, k));
    for (float& value : out.data) value = kUntouched;
    matmul(a.view(), b.view(), out.view().columns(0, n), scratch);
    for (size_t i = 0; i < m; ++i) {
      for (size_t j = 0; j < n; ++j) {
        EXPECT_NEAR(out.view().at(i, j), dot_column(a.view(), i, b.view(), j),
                    kTolerance + kPerTerm * static_cast<double>(k))
            << m << k << n;
      }
      EXPECT_EQ(out.view().at(i, n), kUntouched) << m << k << n;
    }
  }
}

}  // namespace
}  // namespace glassformer
