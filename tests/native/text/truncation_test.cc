#include "text/truncation.h"

#include <gtest/gtest.h>

namespace glassformer {
namespace {

void expect_lengths(TextLengths full, size_t limit, TextLengths expected) {
  const TextLengths kept = truncate_longest_first(full, limit);
  EXPECT_EQ(kept.first, expected.first) << full.first << " + " << full.second << " in " << limit;
  EXPECT_EQ(kept.second, expected.second) << full.first << " + " << full.second << " in " << limit;
}

TEST(Truncation, LongestFirst) {
  expect_lengths({3, 4}, 7, {3, 4});
  expect_lengths({3, 9}, 7, {3, 4});
  expect_lengths({9, 3}, 7, {4, 3});
  expect_lengths({9, 8}, 7, {4, 3});
  expect_lengths({8, 9}, 7, {3, 4});
  expect_lengths({8, 8}, 7, {3, 4});
  expect_lengths({9, 0}, 7, {7, 0});
  expect_lengths({0, 9}, 7, {0, 7});
  expect_lengths({5, 5}, 0, {0, 0});
}

}  // namespace
}  // namespace glassformer
