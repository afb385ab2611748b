// Views of row-major matrices. A view owns nothing and is passed by value; rows may lie further
// apart than they are wide
// (`stride`), so that one attention head is a view of its columns in [n_tokens, d_model].
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "core/check.h"

namespace glassformer {

template <class T>
struct MatrixView {
  T* data = nullptr;
  size_t rows = 0;
  size_t cols = 0;
  size_t stride = 0;  // elements from one row to the next, at least cols

  MatrixView() = default;
  MatrixView(T* data, size_t rows, size_t cols) : MatrixView(data, rows, cols, cols) {}
  MatrixView(T* data, size_t rows, size_t cols, size_t stride)
      : data(data), rows(rows), cols(cols), stride(stride) {}

  /// Mutable views convert to const ones.
  operator MatrixView<const T>() const
    requires(!std::is_const_v<T>)
  {
    return {data, rows, cols, stride};
  }

  std::span<T> row(size_t i) const { return {data + i * stride, cols}; }
  T& at(size_t i, size_t j) const { return data[i * stride + j]; }
  bool contiguous() const { return stride == cols || rows <= 1; }

  /// Columns [first, first + count): the part of one head.
  MatrixView columns(size_t first, size_t count) const {
    GF_CHECK(first + count <= cols);
    return {data + first, rows, count, stride};
  }
  /// Rows [first, first + count).
  MatrixView slice(size_t first, size_t count) const {
    GF_CHECK(first + count <= rows);
    return {data + first * stride, count, cols, stride};
  }
};

using Matrix = MatrixView<float>;
using ConstMatrix = MatrixView<const float>;

/// A matrix in int8 with one scale per row (per output channel of a linear layer): w = value *
/// scale, symmetric, so that values lie in -127..127.
struct Int8Matrix {
  MatrixView<const int8_t> values;   // [rows, cols]
  std::span<const float> scales;     // [rows]
  std::span<const int32_t> sums{};   // [rows], of each row's values: products with shifted numbers
                                     // are corrected by them
  std::span<const uint8_t> light{};  // [rows], 1 where kernels may use what only light rows allow
                                     // (light_rows()); or empty

  /// Rows [first, first + count).
  Int8Matrix slice(size_t first, size_t count) const {
    return {values.slice(first, count), scales.subspan(first, count), sums.subspan(first, count),
            light.empty() ? light : light.subspan(first, count)};
  }
};

enum class HalfFormat { kF16, kBF16 };

/// A matrix of half floats, all finite; core/half.h widens them.
struct HalfMatrix {
  MatrixView<const uint16_t> values;  // [rows, cols]
  HalfFormat format;
};

}  // namespace glassformer
