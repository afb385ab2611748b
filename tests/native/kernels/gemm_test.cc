#include "kernels/gemm.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/quantize.h"
#include "kernels/int8.h"

namespace glassformer {
namespace {

struct Values {
  std::vector<float> data;
  size_t rows, cols;

  Values(size_t rows, size_t cols, unsigned seed = 0) : data(rows * cols), rows(rows), cols(cols) {
    std::minstd_rand random(seed + 1);
    std::normal_distribution<float> normal;
    for (float& value : data) value = normal(random);
  }
  Matrix view() { return {data.data(), rows, cols}; }
};

double dot_rows(ConstMatrix a, size_t i, ConstMatrix b, size_t j) {
  double sum = 0;
  for (size_t k = 0; k < a.cols; ++k) sum += double{a.at(i, k)} * b.at(j, k);
  return sum;
}

struct Shape {
  size_t m, k, n;
};
constexpr Shape kShapes[] = {{1, 1, 1},    {1, 7, 3},   {5, 1, 9},    {3, 64, 65},
                             {17, 33, 31}, {64, 3, 64}, {1, 384, 70}, {13, 96, 129}};

TEST(Gemm, MatchesAPlainLoopAtOddShapes) {
  for (const auto [m, k, n] : kShapes) {
    Values a(m, k, 1), b(n, k, 2), out(m, n);
    matmul_transposed(a.view(), b.view(), out.view());
    for (size_t i = 0; i < m; ++i) {
      for (size_t j = 0; j < n; ++j) {
        EXPECT_NEAR(out.view().at(i, j), dot_rows(a.view(), i, b.view(), j), 1e-4) << m << k << n;
      }
    }
  }
}

TEST(Gemm, MultipliesViewsOfColumns) {
  Values a(6, 20, 1), b(5, 20, 2), out(6, 12);
  const Matrix part = out.view().columns(3, 5);
  matmul_transposed(a.view().columns(4, 8), b.view().columns(8, 8), part);
  const ConstMatrix left = a.view().columns(4, 8), right = b.view().columns(8, 8);
  EXPECT_NEAR(out.view().at(5, 3 + 4), dot_rows(left, 5, right, 4), 1e-4);

  Values probs(6, 5, 3), product(6, 8);
  matmul(probs.view(), b.view().columns(8, 8), product.view());
  double expected = 0;
  for (size_t k = 0; k < 5; ++k) expected += double{probs.view().at(2, k)} * b.view().at(k, 8 + 1);
  EXPECT_NEAR(product.view().at(2, 1), expected, 1e-4);
}

TEST(Gemm, Int8EqualsTheDequantisedProduct) {
  Workspace workspace;
  for (const auto [m, k, n] : kShapes) {
    Values a(m, k, 1), w(n, k, 2), widened(n, k), out(m, n), expected(m, n);
    std::vector<int8_t> values(n * k);
    std::vector<float> scales(n);
    for (size_t i = 0; i < n; ++i) {
      scales[i] = quantize_row(w.view().row(i), {values.data() + i * k, k});
    }
    const Int8Matrix int8{{values.data(), n, k}, scales};
    for (size_t i = 0; i < n; ++i) dequantize_row(int8, i, widened.view().row(i));
    matmul_transposed(a.view(), int8, out.view(), workspace);
    matmul_transposed(a.view(), widened.view(), expected.view());
    for (size_t i = 0; i < out.data.size(); ++i) EXPECT_NEAR(out.data[i], expected.data[i], 1e-4);
  }
}

}  // namespace
}  // namespace glassformer
