#include "core/thread_pool.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/parallel.h"

namespace glassformer {
namespace {

class ThreadPools : public ::testing::TestWithParam<size_t> {
 protected:
  ThreadPool pool_{GetParam()};
};

TEST_P(ThreadPools, DoEveryPartOfEveryLoopOnce) {
  constexpr size_t kLoops = 3000, kMostParts = 40;
  std::vector<size_t> times(kMostParts), expected(kMostParts);
  for (size_t loop = 0; loop < kLoops; ++loop) {
    const size_t n_parts = loop % (kMostParts + 1);
    pool_.run(n_parts, [&](size_t i, size_t /*thread*/) { ++times[i]; });
    for (size_t i = 0; i < n_parts; ++i) ++expected[i];
    ASSERT_EQ(times, expected) << loop;  // whatever others wrote is there
  }
}

TEST_P(ThreadPools, NameTheThreadOfAPart) {
  std::vector<size_t> parts(pool_.size());
  pool_.run(1000, [&](size_t /*i*/, size_t thread) { ++parts.at(thread); });
  size_t sum = 0;
  for (const size_t count : parts) sum += count;
  EXPECT_EQ(sum, 1000U);
}

// Whoever comes late finds the loop over; whoever ends the pool finds threads that sleep.
TEST_P(ThreadPools, MayEndAtOnce) {
  for (int i = 0; i < 50; ++i) {
    ThreadPool pool(GetParam());
    int done = 0;
    if (i % 2 == 0) pool.run(1, [&](size_t, size_t) { ++done; });
    EXPECT_EQ(done, i % 2 == 0 ? 1 : 0);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ThreadPools, ::testing::Values(1, 2, 3, 8));

TEST(ParallelRanges, CoverAllOnce) {
  ThreadPool pool(3);
  for (ThreadPool* threads : {static_cast<ThreadPool*>(nullptr), &pool}) {
    for (const size_t n : {0, 1, 7, 8, 9, 64}) {
      std::vector<int> times(n);
      parallel_ranges(threads, n, 8, [&](size_t first, size_t count) {
        for (size_t i = first; i < first + count; ++i) ++times[i];
      });
      EXPECT_EQ(times, std::vector<int>(n, 1));
    }
  }
}

}  // namespace
}  // namespace glassformer
