#include "kernels/int8.h"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>

#include "kernels/dot_product.h"
#include "kernels/dot_tile.h"
#include "kernels/shared_work.h"

namespace glassformer {

namespace {

/// The range is spread over one step less than there are, and the zero point is rounded up: then
/// every x of the row falls into 0..127, however it is rounded.
constexpr auto kSteps = static_cast<float>(kActivationMax - 1);

/// 1.5 * 2^23: adding it to a small number rounds that to the nearest integer (ties to even), in
/// the low bits of the sum.
constexpr float kRounder = 12582912.0F;

template <class Integer>
void quantize(std::span<const float> row, const RowQuantization& quantization, Integer* out) {
  const float steps_per_unit = quantization.scale > 0 ? 1.0F / quantization.scale : 0.0F;
  const float rounder = kRounder + static_cast<float>(quantization.zero_point);
  for (size_t i = 0; i < row.size(); ++i) {
    const auto bits = std::bit_cast<uint32_t>(row[i] * steps_per_unit + rounder);
    out[i] = static_cast<Integer>(bits & kActivationMax);
  }
}

/// a's rows as the tiles want them, and with what it takes to come back from integers.
template <class Dot>
struct QuantizedRows {
  LeftRows<Dot> left;
  std::span<RowQuantization> quantizations;  // [m]
};

/// Rows that lie a power of two apart would push each other out of the first-level cache.
template <class Dot>
size_t row_stride(size_t k) {
  const size_t per_line = kAlignment / sizeof(typename Dot::Left);
  return (k + per_line - 1) / per_line * per_line + per_line;
}

template <class Dot>
QuantizedRows<Dot> quantize_rows(ConstMatrix a, Workspace& workspace) {
  using Left = typename Dot::Left;
  const size_t stride = row_stride<Dot>(a.cols);
  const MatrixView<Left> rows(workspace.array<Left>(a.rows * stride).data(), a.rows, a.cols,
                              stride);
  MatrixView<Left> tails;
  if (a.cols % Dot::kWidth != 0) {
    tails = {workspace.array<Left>(a.rows * Dot::kWidth).data(), a.rows, Dot::kWidth};
  }
  const auto quantizations = workspace.array<RowQuantization>(a.rows);
  share_rows(workspace.threads(), a, [&](size_t i) {
    quantizations[i] = choose_quantization(a.row(i));
    quantize(a.row(i), quantizations[i], rows.row(i).data());
    if (tails.rows > 0) write_tail<Dot>(rows.row(i), tails.row(i));
  });
  return {{rows, tails}, quantizations};
}

/// out = scale * (sums - zero_point * weight sums) + bias, for one row and some columns.
void dequantize_sums(std::span<const int32_t> sums, const RowQuantization& quantization,
                     const Int8Matrix& w, std::span<const float> bias, std::span<float> out) {
  for (size_t j = 0; j < sums.size(); ++j) {
    const int32_t sum = sums[j] - quantization.zero_point * w.sums[j];
    out[j] = static_cast<float>(sum) * (quantization.scale * w.scales[j]);
  }
  for (size_t j = 0; j < bias.size(); ++j) out[j] += bias[j];
}

template <class Dot>
void multiply(ConstMatrix a, const Int8Matrix& w, std::span<const float> bias, Matrix out,
              Workspace& workspace) {
  const Workspace::Scope scope(workspace);
  const QuantizedRows<Dot> rows = quantize_rows<Dot>(a, workspace);
  share_columns(workspace.threads(), a.rows, w.values, [&](size_t begin, size_t count) {
    const auto finish = [&, begin](size_t i, size_t offset, std::span<const int32_t> sums) {
      const size_t first = begin + offset;
      const Int8Matrix columns = w.slice(first, sums.size());
      const auto part = bias.empty() ? bias : bias.subspan(first, sums.size());
      dequantize_sums(sums, rows.quantizations[i], columns, part,
                      out.row(i).subspan(first, sums.size()));
    };
    if constexpr (Dot::kWidth == Int8Dot::kWidth) {
      const Int8Matrix some = w.slice(begin, count);
      multiply_by_tiles<Dot>(rows.left, {some.values, some.light}, finish);
    } else {
      multiply_narrow<Dot>(rows.left.rows, w.values.slice(begin, count), finish);
    }
  });
}

}  // namespace

RowQuantization choose_quantization(std::span<const float> row) {
  constexpr size_t kLanes = 8;  // side by side, for the compiler to make vectors of
  float lows[kLanes] = {}, highs[kLanes] = {};
  const size_t whole = row.size() / kLanes * kLanes;
  for (size_t i = 0; i < whole; i += kLanes) {
    for (size_t lane = 0; lane < kLanes; ++lane) {
      lows[lane] = std::min(lows[lane], row[i + lane]);
      highs[lane] = std::max(highs[lane], row[i + lane]);
    }
  }
  for (const float x : row.subspan(whole)) {
    lows[0] = std::min(lows[0], x);
    highs[0] = std::max(highs[0], x);
  }
  const float low = std::ranges::min(lows), high = std::ranges::max(highs);
  const float scale = (high - low) / kSteps;
  if (!(scale >= FLT_MIN)) return {0.0F, 0};  // its inverse would not be finite
  return {scale, static_cast<int32_t>(-low / scale) + 1};
}

std::vector<uint8_t> light_rows(MatrixView<const int8_t> w) {
  std::vector<uint8_t> light;
  with_best_int8_dot([&]<class Dot>(Dot /*dot*/) {
    if constexpr (HasLightRows<Dot>) {
      light.resize(w.rows);
      for (size_t i = 0; i < w.rows; ++i) light[i] = Dot::is_light(w.row(i)) ? 1 : 0;
    }
  });
  return light;
}

void matmul_transposed(ConstMatrix a, const Int8Matrix& w, std::span<const float> bias, Matrix out,
                       Workspace& workspace) {
  GF_CHECK(a.cols == w.values.cols && out.rows == a.rows && out.cols == w.values.rows);
  GF_CHECK(bias.empty() || bias.size() == out.cols);
  if (a.cols >= Int8Dot::kWidth) {
    with_best_int8_dot([&]<class Dot>(Dot /*dot*/) { multiply<Dot>(a, w, bias, out, workspace); });
  } else {
    multiply<PortableInt8Dot>(a, w, bias, out, workspace);
  }
}

}  // namespace glassformer
