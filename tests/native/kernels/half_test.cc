#include "kernels/half.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/half.h"
#include "kernels/gemm.h"

namespace glassformer {
namespace {

TEST(HalfProducts, EqualThoseOfTheWidenedWeights) {
  constexpr size_t kRows = 5, kInner = 19, kOuter = 70;  // more than a panel
  std::minstd_rand random(1);
  std::normal_distribution<float> normal;
  std::vector<float> a(kRows * kInner), wide(kOuter * kInner), expected(kRows * kOuter),
      got(kRows * kOuter);
  std::vector<uint16_t> halves(kOuter * kInner);
  for (float& value : a) value = normal(random);
  for (size_t i = 0; i < halves.size(); ++i) {
    halves[i] = f32_to_f16(normal(random));
    wide[i] = f16_to_f32(halves[i]);
  }
  const ConstMatrix left(a.data(), kRows, kInner);
  Workspace workspace;
  matmul_transposed(left, ConstMatrix(wide.data(), kOuter, kInner),
                    Matrix(expected.data(), kRows, kOuter));
  matmul_transposed(left, HalfMatrix{{halves.data(), kOuter, kInner}, HalfFormat::kF16},
                    Matrix(got.data(), kRows, kOuter), workspace);
  for (size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], expected[i], 1e-5) << i;
}

}  // namespace
}  // namespace glassformer
