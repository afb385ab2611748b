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

void expect_windows(size_t length, size_t size, size_t overlap,
                    const std::vector<std::pair<size_t, size_t>>& expected) {
  const auto windows = overlapping_windows(length, size, overlap);
  ASSERT_EQ(windows.size(), expected.size()) << length << " in " << size << ", " << overlap;
  for (size_t i = 0; i < windows.size(); ++i) {
    EXPECT_EQ(windows[i].begin, expected[i].first);
    EXPECT_EQ(windows[i].count, expected[i].second);
  }
}

TEST(Truncation, OverlappingWindows) {
  expect_windows(0, 4, 1, {{0, 0}});
  expect_windows(4, 4, 3, {{0, 4}});
  expect_windows(5, 4, 1, {{0, 4}, {3, 2}});
  expect_windows(7, 4, 1, {{0, 4}, {3, 4}});
  expect_windows(6, 2, 0, {{0, 2}, {2, 2}, {4, 2}});
  expect_windows(6, 4, 3, {{0, 4}, {1, 4}, {2, 4}});
}

}  // namespace
}  // namespace glassformer
