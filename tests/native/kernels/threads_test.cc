// Every kernel that shares its work out among threads gives the same numbers, to the last bit, with
// any number of them.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/half.h"
#include "core/quantize.h"
#include "core/thread_pool.h"
#include "core/workspace.h"
#include "kernels/elementwise.h"
#include "kernels/gemm.h"
#include "kernels/half.h"
#include "kernels/int8.h"
#include "kernels/random_matrix.h"
#include "kernels/shared_work.h"

namespace glassformer {
namespace {

using testing::RandomMatrix;

struct Shape {
  size_t m, k, n;
};
// Each has more work than one thread keeps for itself, most no whole number of blocks.
constexpr Shape kShapes[] = {{1, 768, 3072}, {2, 1031, 517}, {7, 129, 1201}, {16, 384, 384},
                             {65, 70, 131},  {128, 3, 2050}, {300, 200, 10}};

class Threads : public ::testing::TestWithParam<size_t> {
 protected:
  Threads() { workspace_.use(threads_); }

  ThreadPool threads_{GetParam()};
  Workspace workspace_;  // with them
  Workspace alone_;
};

TEST_P(Threads, ChangeNothingInF32) {
  for (const auto [m, k, n] : kShapes) {
    ASSERT_GE(m * k * n, kLoopProducts);
    RandomMatrix a(m, k, 1), b(n, k, 2), expected(m, n), out(m, n, 3);
    matmul_transposed(a.view(), b.view(), expected.view());
    matmul_transposed(a.view(), b.view(), out.view(), &threads_);
    EXPECT_EQ(out.data, expected.data) << m << "x" << k << "x" << n;
  }
}

TEST_P(Threads, ChangeNothingInInt8) {
  for (const auto [m, k, n] : kShapes) {
    RandomMatrix a(m, k, 1), w(n, k, 2), bias(1, n, 3), expected(m, n), out(m, n, 4);
    std::vector<int8_t> values(n * k);
    std::vector<float> scales(n);
    std::vector<int32_t> sums(n);
    for (size_t i = 0; i < n; ++i) {
      const std::span row(values.data() + i * k, k);
      scales[i] = quantize_row(w.view().row(i), row);
      sums[i] = row_sum(row);
    }
    const Int8Matrix int8{{values.data(), n, k}, scales, sums};
    matmul_transposed(a.view(), int8, bias.view().row(0), expected.view(), alone_);
    matmul_transposed(a.view(), int8, bias.view().row(0), out.view(), workspace_);
    EXPECT_EQ(out.data, expected.data) << m << "x" << k << "x" << n;
  }
}

TEST_P(Threads, ChangeNothingInHalfFloats) {
  for (const auto [m, k, n] : kShapes) {
    RandomMatrix a(m, k, 1), expected(m, n), out(m, n, 2);
    std::vector<uint16_t> values(n * k);
    for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<uint16_t>(i * 31 % 0x7C00);
    const HalfMatrix half{{values.data(), n, k}, HalfFormat::kF16};
    matmul_transposed(a.view(), half, expected.view(), alone_);
    matmul_transposed(a.view(), half, out.view(), workspace_);
    EXPECT_EQ(out.data, expected.data) << m << "x" << k << "x" << n;
  }
}

TEST_P(Threads, ChangeNothingInActivations) {
  for (const Activation activation : {Activation::kGelu, Activation::kGeluTanh, Activation::kRelu,
                                      Activation::kSilu, Activation::kTanh}) {
    // Both in the same memory: where vectors begin in a row depends on how it is aligned.
    RandomMatrix out(37, 513, 1);
    ASSERT_GE(out.data.size(), kLoopElements);
    const auto values = out.data;
    activate(out.view(), activation);
    const auto expected = out.data;
    std::ranges::copy(values, out.data.begin());
    activate(out.view(), activation, &threads_);
    EXPECT_EQ(out.data, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(All, Threads, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace glassformer
