#include "decoding/sampling.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace glassformer {
namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

TEST(RandomStream, IsUniformAndRepeatable) {
  RandomStream one(7, 0), same(7, 0);
  constexpr int kDraws = 20000;
  std::array<int, 10> counts{};
  for (int i = 0; i < kDraws; ++i) {
    const double number = one.next();
    ASSERT_EQ(number, same.next());
    ASSERT_GE(number, 0.0);
    ASSERT_LT(number, 1.0);
    ++counts[static_cast<size_t>(number * 10)];
  }
  for (const int count : counts) EXPECT_NEAR(count, kDraws / 10.0, 200);
}

TEST(RandomStream, StreamsAndSeedsDiffer) {
  const double first = RandomStream(7, 0).next();
  EXPECT_NE(first, RandomStream(7, 1).next());
  EXPECT_NE(first, RandomStream(8, 0).next());
}

TEST(DrawToken, InvertsTheDistribution) {
  const std::vector<float> log_probs = {std::log(0.5F), kForbidden, std::log(0.25F),
                                        std::log(0.25F)};
  EXPECT_EQ(draw_token(log_probs, 0.0), 0);
  EXPECT_EQ(draw_token(log_probs, 0.49), 0);
  EXPECT_EQ(draw_token(log_probs, 0.51), 2);
  EXPECT_EQ(draw_token(log_probs, 0.76), 3);
  EXPECT_EQ(draw_token(log_probs, 0.999999999), 3);
}

TEST(WarpScores, TopKKeepsTheBest) {
  GenerationOptions options;
  options.top_k = 2;
  std::vector<float> scores = {1, 4, 3, 2};
  warp_scores(options, scores);
  EXPECT_EQ(scores, (std::vector<float>{kForbidden, 4, 3, kForbidden}));
}

TEST(WarpScores, TopPKeepsTheFewestThatReachIt) {
  GenerationOptions options;
  options.top_k = 0;
  options.top_p = 0.7F;
  std::vector<float> scores = {std::log(0.1F), std::log(0.5F), std::log(0.3F), std::log(0.1F)};
  warp_scores(options, scores);
  EXPECT_EQ(scores[0], kForbidden);
  EXPECT_EQ(scores[3], kForbidden);
  EXPECT_GT(scores[2], kForbidden);
  options.top_p = 0.01F;
  warp_scores(options, scores);
  EXPECT_GT(scores[1], kForbidden);
  EXPECT_EQ(scores[2], kForbidden);
}

TEST(WarpScores, TemperatureDivides) {
  GenerationOptions options;
  options.temperature = 2;
  std::vector<float> scores = {1, 4};
  warp_scores(options, scores);
  EXPECT_EQ(scores, (std::vector<float>{0.5F, 2}));
}

}  // namespace
}  // namespace glassformer
