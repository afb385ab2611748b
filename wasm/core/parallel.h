// Loops whose parts may run side by side. A build without threads (WebAssembly but for its builds
// with threads) has plain loops here, and nothing of threads in its code.
#pragma once

#include <algorithm>

#include "core/thread_pool.h"

namespace glassformer {

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool kHasThreads = false;
#else
inline constexpr bool kHasThreads = true;
#endif

/// As many threads as may be in a loop; `threads` null: the caller alone.
inline size_t thread_count(const ThreadPool* threads) {
  if constexpr (kHasThreads) return threads == nullptr ? 1 : threads->size();
  return 1;
}

/// Calls part(i, thread) for every i below `n_parts`, as ThreadPool::run().
template <class Part>
void parallel_for(ThreadPool* threads, size_t n_parts, const Part& part) {
  if constexpr (kHasThreads) {
    if (threads != nullptr && n_parts > 1) return threads->run(n_parts, part);
  }
  for (size_t i = 0; i < n_parts; ++i) part(i, size_t{0});
}

/// Calls range(first, count) for ranges that together are [0, n): of `grain` each where there are
/// threads, or one for all.
template <class Range>
void parallel_ranges(ThreadPool* threads, size_t n, size_t grain, const Range& range) {
  if (thread_count(threads) == 1 || n <= grain) return range(size_t{0}, n);
  parallel_for(threads, (n + grain - 1) / grain, [&](size_t i, size_t /*thread*/) {
    range(i * grain, std::min(grain, n - i * grain));
  });
}

}  // namespace glassformer
