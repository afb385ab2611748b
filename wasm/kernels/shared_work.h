// Work on matrices shared out among threads: whole rows, or columns of a product in the blocks that
// one thread would multiply one after the other. Every number comes out the same, however many
// threads there are.
#pragma once

#include "core/parallel.h"
#include "kernels/dot_tile.h"

namespace glassformer {

/// Multiplications that make up for waking a thread, some ten microseconds of one, and those that
/// make up for taking a part.
inline constexpr size_t kLoopProducts = size_t{1} << 19;
inline constexpr size_t kPartProducts = size_t{1} << 17;

/// The same in elements, each of which costs more.
inline constexpr size_t kLoopElements = size_t{1} << 14;
inline constexpr size_t kPartElements = size_t{1} << 12;

/// Calls range(first, count) for ranges that together are all rows of w, which are columns of the
/// product. `m`: the rows of a.
template <class Right, class Range>
void share_columns(ThreadPool* threads, size_t m, MatrixView<const Right> w, const Range& range) {
  const size_t products = std::max<size_t>(m * w.cols, 1);  // for each column
  if (thread_count(threads) == 1 || products * w.rows < kLoopProducts) {
    return range(size_t{0}, w.rows);
  }
  const size_t block = block_columns(std::max<size_t>(w.cols, 1) * sizeof(Right));
  const size_t n_blocks = std::max<size_t>(kPartProducts / (products * block), 1);
  parallel_ranges(threads, w.rows, n_blocks * block, range);
}

/// Calls row(i) for every row of x.
template <class Row>
void share_rows(ThreadPool* threads, ConstMatrix x, const Row& row) {
  const auto some = [&](size_t first, size_t count) {
    for (size_t i = first; i < first + count; ++i) row(i);
  };
  if (thread_count(threads) == 1 || x.rows * x.cols < kLoopElements) return some(0, x.rows);
  parallel_ranges(threads, x.rows, std::max<size_t>(kPartElements / x.cols, 1), some);
}

}  // namespace glassformer
