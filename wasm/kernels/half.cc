#include "kernels/half.h"

#include <algorithm>

#include "core/half.h"
#include "kernels/gemm.h"

namespace glassformer {

namespace {
/// Rows widened at a time: 64 rows of 1,536 floats are 384 KB, which stays in the second-level
/// cache.
constexpr size_t kPanelRows = 64;
}  // namespace

void matmul_transposed(ConstMatrix a, const HalfMatrix& w, Matrix out, Workspace& workspace) {
  GF_CHECK(a.cols == w.values.cols && out.rows == a.rows && out.cols == w.values.rows);
  const Workspace::Scope scope(workspace);
  const size_t n = w.values.rows;
  const Matrix panel = workspace.matrix(std::min(kPanelRows, n), w.values.cols);
  for (size_t first = 0; first < n; first += kPanelRows) {
    const size_t count = std::min(kPanelRows, n - first);
    for (size_t i = 0; i < count; ++i) widen_row(w, first + i, panel.row(i));
    matmul_transposed(a, panel.slice(0, count), out.columns(first, count));
  }
}

}  // namespace glassformer
