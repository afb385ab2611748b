#include "layers/attention.h"

#include <cmath>

#include "kernels/elementwise.h"
#include "kernels/gemm.h"

namespace glassformer {

Matrix multi_head_attention(const QueriesKeysValues& in, const AttentionSite& site,
                            ForwardContext& context) {
  const size_t d_head = in.q.cols / site.n_heads;
  const float scale = 1.0F / std::sqrt(static_cast<float>(d_head));
  const bool traced = context.tracer.wants_attention();
  const Matrix out = context.workspace.matrix(in.q.rows, in.v.cols);  // [n_q, d_model]

  const Workspace::Scope scope(context.workspace);
  const Matrix probs =
      context.workspace.matrix(in.q.rows, in.k.rows);  // [n_q, n_k], every head in turn
  for (size_t head = 0; head < site.n_heads; ++head) {
    const size_t first = head * d_head;
    matmul_transposed(in.q.columns(first, d_head), in.k.columns(first, d_head), probs);
    softmax_rows(probs, scale);
    if (traced) context.tracer.attention(site.kind, site.layer, head, probs);
    matmul(probs, in.v.columns(first, d_head), out.columns(first, d_head));
  }
  return out;
}

}  // namespace glassformer
