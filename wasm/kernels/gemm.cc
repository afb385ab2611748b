#include "kernels/gemm.h"

#include "kernels/dot_product.h"
#include "kernels/dot_tile.h"
#include "kernels/panel_tile.h"
#include "kernels/shared_work.h"

namespace glassformer {

namespace {

/// As matmul_transposed, for at least Dot::kWidth columns: the columns beyond whole vectors are
/// added one by one.
template <class Dot>
void multiply(ConstMatrix a, ConstMatrix b, Matrix out) {
  const size_t whole = a.cols / Dot::kWidth * Dot::kWidth;
  const auto finish = [&](size_t i, size_t first, std::span<const float> sums) {
    const auto row = out.row(i).subspan(first, sums.size());
    std::ranges::copy(sums, row.begin());
    for (size_t k = whole; k < a.cols; ++k) {
      for (size_t j = 0; j < row.size(); ++j) row[j] += a.at(i, k) * b.at(first + j, k);
    }
  };
  multiply_by_tiles<Dot>({a.columns(0, whole), {}}, {b.columns(0, whole)}, finish);
}

}  // namespace

void matmul_transposed(ConstMatrix a, ConstMatrix b, Matrix out, ThreadPool* threads) {
  GF_CHECK(a.cols == b.cols && out.rows == a.rows && out.cols == b.rows);
  share_columns(threads, a.rows, b, [&](size_t first, size_t count) {
    if (a.cols >= FloatDot::kWidth) {
      multiply<FloatDot>(a, b.slice(first, count), out.columns(first, count));
    } else {
      multiply<PortableFloatDot>(a, b.slice(first, count), out.columns(first, count));
    }
  });
}

void matmul(ConstMatrix a, ConstMatrix b, Matrix out, std::span<float> scratch) {
  GF_CHECK(a.cols == b.rows && out.rows == a.rows && out.cols == b.cols);
  GF_CHECK(scratch.size() >= matmul_scratch(a.rows, a.cols));
  multiply_by_panels<FloatDot>(a, b, out, scratch);
}

size_t matmul_scratch(size_t m, size_t k) { return panel_scratch<FloatDot>(m, k); }

}  // namespace glassformer
