// Matrix products a b, b [k, n] row by row: columns of b stand side by side in vectors, and each
// element of a is multiplied with a whole vector. A register tile of some rows of a and two vectors
// of columns is summed over k before it is stored. dot_tile.h has the products with b's transpose,
// and says what a type Dot is; here it needs besides
//   broadcast(from)   a vector of the one element at `from`
//   store(to, sums)   the accumulator's lanes, to any address
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include "core/matrix.h"

namespace glassformer {

/// Columns of a panel: two vectors.
template <class Dot>
inline constexpr size_t kPanelColumns = 2 * Dot::kWidth;

/// n_rows rows of a [n_rows, k] times a panel [k, kPanelColumns], into the columns of out.
template <class Dot, size_t n_rows>
void multiply_panel_rows(ConstMatrix a, ConstMatrix panel, Matrix out) {
  typename Dot::Accumulator sums[n_rows][2];
  for (auto& row : sums) std::ranges::fill(row, Dot::zero());
  const float* b = panel.data;
  for (size_t k = 0; k < a.cols; ++k, b += panel.stride) {
    const auto left = Dot::load_right(b), right = Dot::load_right(b + Dot::kWidth);
    for (size_t i = 0; i < n_rows; ++i) {
      const auto factor = Dot::broadcast(a.data + i * a.stride + k);
      sums[i][0] = Dot::dot(factor, left, sums[i][0]);
      sums[i][1] = Dot::dot(factor, right, sums[i][1]);
    }
  }
  for (size_t i = 0; i < n_rows; ++i) {
    Dot::store(out.row(i).data(), sums[i][0]);
    Dot::store(out.row(i).data() + Dot::kWidth, sums[i][1]);
  }
}

template <class Dot, size_t... counts>
void multiply_panel_some_rows(ConstMatrix a, ConstMatrix panel, Matrix out,
                              std::index_sequence<counts...>) {
  ((a.rows == counts + 1 ? multiply_panel_rows<Dot, counts + 1>(a, panel, out) : void()), ...);
}

/// a [m, k] times a panel, into out [m, kPanelColumns].
template <class Dot>
void multiply_panel(ConstMatrix a, ConstMatrix panel, Matrix out) {
  const size_t n_blocks = (a.rows + Dot::kMaxRows - 1) / Dot::kMaxRows;
  for (size_t block = 0; block < n_blocks; ++block) {  // of rows, as even as can be
    const size_t begin = a.rows * block / n_blocks;
    const size_t count = a.rows * (block + 1) / n_blocks - begin;
    multiply_panel_some_rows<Dot>(a.slice(begin, count), panel, out.slice(begin, count),
                                  std::make_index_sequence<Dot::kMaxRows>());
  }
}

/// The columns of b in the first columns of a panel, without gaps between the rows: the rows of one
/// head lie so far apart that they would push each other out of the first-level cache.
template <class Dot>
ConstMatrix pack_panel(ConstMatrix b, Matrix panel) {
  for (size_t k = 0; k < b.rows; ++k) {
    const auto rest = std::ranges::copy(b.row(k), panel.row(k).begin()).out;
    std::fill(rest, panel.row(k).end(), 0.0F);
  }
  return panel;
}

/// Elements of scratch for a product with a [m, k]: a packed panel, and the columns of out beyond
/// whole panels.
template <class Dot>
constexpr size_t panel_scratch(size_t m, size_t k) {
  return (k + m) * kPanelColumns<Dot>;
}

/// out = a b: a [m, k], b [k, n], out [m, n].
template <class Dot>
void multiply_by_panels(ConstMatrix a, ConstMatrix b, Matrix out, std::span<float> scratch) {
  const Matrix packed{scratch.data(), b.rows, kPanelColumns<Dot>};
  const Matrix last{packed.data + b.rows * kPanelColumns<Dot>, a.rows, kPanelColumns<Dot>};
  for (size_t j = 0; j < b.cols; j += kPanelColumns<Dot>) {
    const size_t count = std::min(kPanelColumns<Dot>, b.cols - j);
    const bool is_whole = count == kPanelColumns<Dot>;
    const ConstMatrix columns = b.columns(j, count);
    // A single block of rows would read a packed panel only once.
    const bool as_it_is = is_whole && a.rows <= Dot::kMaxRows;
    const ConstMatrix panel = as_it_is ? columns : pack_panel<Dot>(columns, packed);
    multiply_panel<Dot>(a, panel, is_whole ? out.columns(j, count) : last);
    if (is_whole) continue;
    for (size_t i = 0; i < a.rows; ++i) {
      std::ranges::copy(last.row(i).first(count), out.row(i).subspan(j).begin());
    }
  }
}

}  // namespace glassformer
