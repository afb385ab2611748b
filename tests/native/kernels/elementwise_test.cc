#include "kernels/elementwise.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "kernels/exponential.h"
#include "support/matchers.h"

namespace glassformer {
namespace {

TEST(Exponential, IsExactToSevenDigitsForNegativeNumbers) {
  for (int i = 0; i <= 86000; ++i) {
    const float x = -static_cast<float>(i) / 1000.0F;
    const double expected = std::exp(static_cast<double>(x));
    ASSERT_NEAR(exp_of_negative(x), expected, 2e-7 * expected) << x;
  }
  EXPECT_EQ(exp_of_negative(0.0F), 1.0F);
}

TEST(Exponential, IsZeroFarBelowAndNanOfNan) {
  EXPECT_EQ(exp_of_negative(-100.0F), 0.0F);
  EXPECT_EQ(exp_of_negative(-std::numeric_limits<float>::infinity()), 0.0F);
  EXPECT_TRUE(std::isnan(exp_of_negative(std::numeric_limits<float>::quiet_NaN())));
}

TEST(Softmax, FindsTheLargestScoreWhereverItIs) {
  for (size_t size = 1; size <= 35; ++size) {
    for (size_t place = 0; place < size; ++place) {
      std::vector<float> scores(size, -1000.0F);
      scores[place] = 500.0F;
      softmax_rows({scores.data(), 1, size}, 1.0F);
      ASSERT_EQ(scores[place], 1.0F) << size;
      ASSERT_EQ(std::accumulate(scores.begin(), scores.end(), 0.0F), 1.0F) << size;
    }
  }
}

TEST(Softmax, SumsToOneEvenForHugeScores) {
  std::vector<float> scores = {1e30F, 1e30F, -1e30F, 3.0F, 4.0F, 5.0F};
  softmax_rows({scores.data(), 2, 3}, 1.0F);
  EXPECT_FLOAT_EQ(scores[0], 0.5F);
  EXPECT_EQ(scores[2], 0.0F);
  EXPECT_NEAR(scores[3] + scores[4] + scores[5], 1.0F, 1e-6);
  EXPECT_NEAR(scores[5], std::exp(2.0) / (1 + std::exp(1.0) + std::exp(2.0)), 1e-6);
}

TEST(Softmax, ScalesTheScores) {
  std::vector<float> scores = {0.0F, 8.0F};
  softmax_rows({scores.data(), 1, 2}, 0.125F);
  EXPECT_NEAR(scores[1], 1 / (1 + std::exp(-1.0)), 1e-6);
}

TEST(Softmax, CausalRowsSeeNothingAhead) {
  std::vector<float> scores = {1, 9, 9, 2, 2, 9, 0, 0, 0};
  softmax_rows_causal({scores.data(), 3, 3}, 1.0F);
  EXPECT_EQ(scores, (std::vector<float>{1, 0, 0, 0.5F, 0.5F, 0, 1.0F / 3, 1.0F / 3, 1.0F / 3}));
}

TEST(Softmax, CausalRowsOfTheLastTokensSeeThePast) {
  std::vector<float> scores = {1, 1, 9, 0, 0, 0};
  softmax_rows_causal({scores.data(), 2, 3}, 1.0F);
  EXPECT_EQ(scores, (std::vector<float>{0.5F, 0.5F, 0, 1.0F / 3, 1.0F / 3, 1.0F / 3}));
}

TEST(Softmax, ItsLogarithmKeepsWhatIsImpossible) {
  std::vector<float> scores = {0, std::log(3.0F), -std::numeric_limits<float>::infinity(), 1000};
  log_softmax(std::span(scores).first(3));
  EXPECT_NEAR(scores[0], std::log(0.25), 1e-6);
  EXPECT_NEAR(scores[1], std::log(0.75), 1e-6);
  EXPECT_EQ(scores[2], -std::numeric_limits<float>::infinity());
}

TEST(RmsNorm, DividesByTheRootMeanSquare) {
  std::vector<float> x = {3, 4, 0, 0};
  const std::array<float, 2> weight = {1, 2};
  rms_norm_rows({x.data(), 2, 2}, weight, 1e-6F);
  EXPECT_NEAR(x[0], 3 / std::sqrt(12.5), 1e-6);
  EXPECT_NEAR(x[1], 8 / std::sqrt(12.5), 1e-6);
  EXPECT_EQ(x[2], 0.0F);
}

TEST(LayerNorm, NormalisesEveryRow) {
  std::vector<float> x = {1, 2, 3, 4, -100, 100, -100, 100};
  const std::array<float, 4> weight = {1, 1, 1, 2}, bias = {0, 0, 0, 5};
  layer_norm_rows({x.data(), 2, 4}, {weight, bias, 1e-12F});
  const double deviation = std::sqrt(1.25);
  EXPECT_NEAR(x[0], -1.5 / deviation, 1e-6);
  EXPECT_NEAR(x[3], 2 * 1.5 / deviation + 5, 1e-6);
  EXPECT_NEAR(x[4], -1, 1e-6);
}

double reference(Activation activation, double x) {
  switch (activation) {
    case Activation::kGelu:
      return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0)));
    case Activation::kGeluTanh:
      return 0.5 * x * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
    case Activation::kRelu:
      return std::max(x, 0.0);
    case Activation::kSilu:
      return x / (1 + std::exp(-x));
    case Activation::kTanh:
      return std::tanh(x);
  }
  return NAN;
}

TEST(Activation, MatchesDoublePrecision) {
  for (const Activation activation : {Activation::kGelu, Activation::kGeluTanh, Activation::kRelu,
                                      Activation::kSilu, Activation::kTanh}) {
    std::vector<float> x(4001);
    for (size_t i = 0; i < x.size(); ++i) x[i] = (static_cast<float>(i) - 2000.0F) / 100.0F;
    std::vector<float> y = x;
    activate({y.data(), 1, y.size()}, activation);
    for (size_t i = 0; i < x.size(); ++i) {
      const double expected = reference(activation, x[i]);
      EXPECT_NEAR(y[i], expected, 2e-6 * std::max(1.0, std::abs(expected)))
          << static_cast<int>(activation) << " at " << x[i];
    }
  }
}

TEST(Activation, IsFoundByTheConfigsName) {
  EXPECT_EQ(activation_from_name("gelu_new").value(), Activation::kGeluTanh);
  EXPECT_TRUE(testing::fails_with(activation_from_name("mish"), ErrorCode::kUnsupported,
                                  "activation 'mish' is not supported; supported: gelu"));
}

TEST(Sigmoid, StaysBetweenZeroAndOne) {
  std::array<float, 3> x = {-1000, 0, 1000};
  sigmoid(x);
  EXPECT_EQ(x[0], 0.0F);
  EXPECT_EQ(x[1], 0.5F);
  EXPECT_EQ(x[2], 1.0F);
}

}  // namespace
}  // namespace glassformer
