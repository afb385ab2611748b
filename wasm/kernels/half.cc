#include "kernels/half.h"

#include <algorithm>

#include "core/half.h"
#include "core/parallel.h"
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
  const size_t n = w.values.rows, n_rows = std::min(kPanelRows, n);
  const Matrix panels =
      workspace.matrix(thread_count(workspace.threads()) * n_rows, w.values.cols);  // one for each
  const size_t n_panels = (n + kPanelRows - 1) / kPanelRows;
  parallel_for(workspace.threads(), n_panels, [&](size_t i, size_t thread) {
    const size_t first = i * kPanelRows;
    const Matrix panel = panels.slice(thread * n_rows, std::min(n_rows, n - first));
    for (size_t j = 0; j < panel.rows; ++j) widen_row(w, first + j, panel.row(j));
    matmul_transposed(a, panel, out.columns(first, panel.rows));
  });
}

}  // namespace glassformer
