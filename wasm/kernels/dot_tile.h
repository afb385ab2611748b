// Matrix products a w^T as dot products of rows: a [m, k] and w [n, k] both lie row by row, so
// neither is repacked. A register tile of some rows of a and two rows of w is summed over k before
// anything is stored; blocks keep the rows of a in the first-level cache and those of w in the
// second (Goto & van de Geijn 2008 with the packing left out).
//
// A type Dot is how one machine multiplies:
//   Left, Right, Sum            elements of a and of w, and what their products are summed in
//   kWidth                      elements of a vector, one step along k
//   kMaxRows                    rows of a in a tile, as many as the registers hold
//   load_left, load_right       vectors of kWidth elements, from any address
//   dot(a, b, sum)              sum plus the products, spread over the accumulator's lanes
//   add_to(sums, first, second) the totals of accumulators 0, 1 to `first` and of 2, 3 to `second`
// and may have
//   is_light(row), dot_twice()  whether two steps may be one along this row of w, and such a step
#pragma once

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "core/matrix.h"

namespace glassformer {

/// The most columns of out that are finished before the next ones.
inline constexpr size_t kBlockColumns = 64;

/// What of w a block of columns may take: a part of the second-level cache, beside rows of a.
inline constexpr size_t kBlockBytes = 96 * 1024;

/// What of a row of a is multiplied before the next part: that much of all the tile's rows stays in
/// the first-level cache while w passes by.
inline constexpr size_t kDepthBytes = 2048;

/// How many rows of w, of `row_bytes` each, make a block: a multiple of the tiles' columns.
constexpr size_t block_columns(size_t row_bytes) {
  const size_t fitting = kBlockBytes / row_bytes / 4 * 4;
  return std::clamp(fitting, size_t{8}, kBlockColumns);
}

/// The left operand as the tiles want it. Where k is no multiple of Dot::kWidth, the last step
/// takes the last kWidth elements of w's rows once more; `tail` row i is a's side of that step,
/// with zeros where the elements were already counted.
template <class Dot>
struct LeftRows {
  MatrixView<const typename Dot::Left> rows;   // [m, k]
  MatrixView<const typename Dot::Left> tails;  // [m, kWidth], or empty
};

/// The right operand, and which of its rows are light: [rows], or empty for none.
template <class Dot>
struct RightRows {
  MatrixView<const typename Dot::Right> rows;  // [n, k]
  std::span<const uint8_t> light{};

  RightRows slice(size_t first, size_t count) const {
    return {rows.slice(first, count), light.empty() ? light : light.subspan(first, count)};
  }
  bool is_light(size_t row) const { return !light.empty() && light[row] != 0; }
};

template <class Dot>
concept HasLightRows = requires { &Dot::dot_twice; };

/// a's part of the tail step, from the row of which k elements count: row [k], tail [kWidth].
template <class Dot>
void write_tail(std::span<const typename Dot::Left> row, std::span<typename Dot::Left> tail) {
  const size_t count = row.size() % Dot::kWidth;
  std::ranges::fill(tail, typename Dot::Left{});
  std::ranges::copy(row.last(count), tail.last(count).begin());
}

/// Rows of w in a tile. With one or two rows of a, more of them share each load of a.
template <size_t n_rows>
inline constexpr size_t kTileColumns = n_rows <= 2 ? 4 : 2;

/// Sums of n_rows rows of a with n_columns rows of w.
template <class Dot, size_t n_rows, size_t n_columns = kTileColumns<n_rows>>
struct Tile {
  using Left = Dot::Left;
  using Right = Dot::Right;
  using Sum = Dot::Sum;

  // An odd row has an unused one behind it, so that rows can be stored in pairs.
  typename Dot::Accumulator sums[n_rows + n_rows % 2][n_columns];

  Tile() {
    for (auto& row : sums) std::ranges::fill(row, Dot::zero());
  }

  /// Adds the products of kWidth elements: of a's rows at `a` and of w's rows at w[j] + k.
  void step(const Left* a, size_t stride, const Right* const (&w)[n_columns], size_t k) {
    typename Dot::RightVector b[n_columns];
    for (size_t j = 0; j < n_columns; ++j) b[j] = Dot::load_right(w[j] + k);
    for (size_t i = 0; i < n_rows; ++i) {
      const auto left = Dot::load_left(a + i * stride);
      for (size_t j = 0; j < n_columns; ++j) sums[i][j] = Dot::dot(left, b[j], sums[i][j]);
    }
  }

  /// Two steps as one, for light rows of w.
  void double_step(const Left* a, size_t stride, const Right* const (&w)[n_columns], size_t k) {
    typename Dot::RightVector b[n_columns][2];
    for (size_t j = 0; j < n_columns; ++j) {
      b[j][0] = Dot::load_right(w[j] + k);
      b[j][1] = Dot::load_right(w[j] + k + Dot::kWidth);
    }
    for (size_t i = 0; i < n_rows; ++i) {
      const typename Dot::LeftVector left[] = {Dot::load_left(a + i * stride),
                                               Dot::load_left(a + i * stride + Dot::kWidth)};
      for (size_t j = 0; j < n_columns; ++j) sums[i][j] = Dot::dot_twice(left, b[j], sums[i][j]);
    }
  }

  void add_to(Sum* out, size_t stride) const {
    if constexpr (n_columns == 4) {
      for (size_t i = 0; i < n_rows; ++i)
        Dot::add_to(sums[i], out + i * stride, out + i * stride + 2);
    } else {
      Sum unused[2] = {};
      for (size_t i = 0; i < n_rows; i += 2) {
        Dot::add_to({sums[i][0], sums[i][1], sums[i + 1][0], sums[i + 1][1]}, out + i * stride,
                    i + 1 < n_rows ? out + (i + 1) * stride : unused);
      }
    }
  }
};

/// A part of k, in whole steps.
struct Depth {
  size_t begin, end;
  bool is_last;
};

template <class Dot>
using BlockSums = std::array<std::array<typename Dot::Sum, kBlockColumns>, Dot::kMaxRows>;

/// Adds to the tile's sums elements [begin, end) of its rows, and the tail's; `a` are its rows.
template <class Dot, size_t n_rows, size_t n_columns>
void add_products(Tile<Dot, n_rows, n_columns>& tile, const LeftRows<Dot>& a,
                  const typename Dot::Right* const (&w)[n_columns], bool are_light, Depth depth) {
  size_t k = depth.begin;
  if constexpr (HasLightRows<Dot>) {
    const size_t n_steps = are_light ? (depth.end - k) / (2 * Dot::kWidth) : 0;
    for (const size_t end = k + n_steps * 2 * Dot::kWidth; k < end; k += 2 * Dot::kWidth) {
      tile.double_step(a.rows.data + k, a.rows.stride, w, k);
    }
  }
  for (; k < depth.end; k += Dot::kWidth) tile.step(a.rows.data + k, a.rows.stride, w, k);
  if (depth.is_last && a.tails.rows > 0) {
    tile.step(a.tails.data, a.tails.stride, w, a.rows.cols - Dot::kWidth);
  }
}

/// One row of a waits for w to come from memory, whose rows come twice as fast one after the other
/// as side by side. Sums of floats stay side by side: one alone would wait for itself at every
/// step.
template <class Dot, size_t n_rows>
inline constexpr bool kOneByOne = n_rows == 1 && std::is_integral_v<typename Dot::Sum>;

/// Adds to `out` n_rows rows of a times up to kBlockColumns rows of w, over elements [begin, end)
/// of k, and with the last of them over the tail.
template <class Dot, size_t n_rows>
void multiply_rows(const LeftRows<Dot>& a, const RightRows<Dot>& w, Depth depth,
                   BlockSums<Dot>& out) {
  constexpr size_t kColumns = kTileColumns<n_rows>;
  for (size_t j = 0; j < w.rows.rows; j += kColumns) {
    const typename Dot::Right* columns[kColumns];
    bool are_light = true;
    for (size_t c = 0; c < kColumns; ++c) {
      const size_t row = std::min(j + c, w.rows.rows - 1);  // the last one fills up
      columns[c] = w.rows.data + row * w.rows.stride;
      are_light = are_light && w.is_light(row);
    }
    Tile<Dot, n_rows> tile;
    if constexpr (kOneByOne<Dot, n_rows>) {
      for (size_t c = 0; c < kColumns; ++c) {
        Tile<Dot, 1, 1> column;
        add_products(column, a, {columns[c]}, are_light, depth);
        tile.sums[0][c] = column.sums[0][0];
      }
    } else {
      add_products(tile, a, columns, are_light, depth);
    }
    tile.add_to(&out[0][j], kBlockColumns);
  }
}

template <class Dot, size_t... counts>
void multiply_some_rows(const LeftRows<Dot>& a, const RightRows<Dot>& w, Depth depth,
                        BlockSums<Dot>& out, std::index_sequence<counts...>) {
  ((a.rows.rows == counts + 1 ? multiply_rows<Dot, counts + 1>(a, w, depth, out) : void()), ...);
}

/// a w^T; `finish(i, first, sums)` gets the sums of row i with the rows [first, first +
/// sums.size()) of w, every one exactly once. k is at least Dot::kWidth.
template <class Dot, class Finish>
void multiply_by_tiles(const LeftRows<Dot>& a, const RightRows<Dot>& w, Finish finish) {
  const size_t n = w.rows.rows, n_elements = w.rows.cols;
  GF_CHECK(a.rows.cols == n_elements && n_elements >= Dot::kWidth);
  GF_CHECK(n_elements % Dot::kWidth == 0 || a.tails.rows == a.rows.rows);
  GF_CHECK(w.light.empty() || w.light.size() == n);
  BlockSums<Dot> sums;
  const size_t m = a.rows.rows;
  const size_t n_blocks = (m + Dot::kMaxRows - 1) / Dot::kMaxRows;
  const size_t n_steps = n_elements / Dot::kWidth * Dot::kWidth;  // in elements, without the tail
  // A single row of a leaves room for more of itself, and w's rows come whole.
  const size_t depth = kDepthBytes / sizeof(typename Dot::Left) * (m == 1 ? Dot::kMaxRows : 1);
  const size_t n_columns = block_columns(n_elements * sizeof(typename Dot::Right));
  for (size_t first = 0; first < n; first += n_columns) {
    const auto columns = w.slice(first, std::min(n_columns, n - first));
    for (size_t block = 0; block < n_blocks; ++block) {  // of rows, as even as can be
      const size_t begin = m * block / n_blocks, count = m * (block + 1) / n_blocks - begin;
      LeftRows<Dot> part{a.rows.slice(begin, count), {}};
      if (a.tails.rows > 0) part.tails = a.tails.slice(begin, count);
      sums = {};
      for (size_t k = 0; k < n_steps; k += depth) {
        const Depth range{k, std::min(k + depth, n_steps), k + depth >= n_steps};
        multiply_some_rows<Dot>(part, columns, range, sums,
                                std::make_index_sequence<Dot::kMaxRows>());
      }
      for (size_t i = 0; i < count; ++i) {
        finish(begin + i, first,
               std::span<const typename Dot::Sum>(sums[i].data(), columns.rows.rows));
      }
    }
  }
}

/// The same for rows too short for a vector, one product after the other. (Not by tiles of
/// PortableInt8Dot: clang 21 makes of those, for WebAssembly, a loop that runs past its end.)
template <class Dot, class Finish>
void multiply_narrow(MatrixView<const typename Dot::Left> a,
                     MatrixView<const typename Dot::Right> w, Finish finish) {
  using Sum = typename Dot::Sum;
  for (size_t i = 0; i < a.rows; ++i) {
    for (size_t j = 0; j < w.rows; ++j) {
      Sum sum{};
      for (size_t k = 0; k < a.cols; ++k) {
        sum += static_cast<Sum>(a.at(i, k)) * static_cast<Sum>(w.at(j, k));
      }
      finish(i, j, std::span<const Sum>(&sum, 1));
    }
  }
}

}  // namespace glassformer
