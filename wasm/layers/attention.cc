#include "layers/attention.h"

#include <cmath>

#include "kernels/elementwise.h"
#include "kernels/gemm.h"

namespace glassformer {

namespace {

/// From dot products to probabilities, in place; scores [n_q, n_k] of one head.
void to_probabilities(Matrix scores, size_t head, float scale, const AttentionOptions& options) {
  if (options.bias.rows > 0) {
    add_scaled(scores, scale, options.bias.slice(head * scores.rows, scores.rows));
    scale = 1.0F;
  }
  if (options.causal) {
    softmax_rows_causal(scores, scale);
  } else {
    softmax_rows(scores, scale);
  }
}

}  // namespace

Matrix multi_head_attention(const QueriesKeysValues& in, const AttentionSite& site,
                            ForwardContext& context, const AttentionOptions& options) {
  const size_t d_head = in.q.cols / site.n_heads;
  const float scale = options.scale.value_or(1.0F / std::sqrt(static_cast<float>(d_head)));
  const bool traced = context.tracer.wants_attention();
  const Matrix out = context.workspace.matrix(in.q.rows, in.v.cols);  // [n_q, d_model]

  const Workspace::Scope scope(context.workspace);
  const Matrix probs = context.workspace.matrix(in.q.rows, in.k.rows);  // every head in turn
  for (size_t head = 0; head < site.n_heads; ++head) {
    const size_t first = head * d_head;
    matmul_transposed(in.q.columns(first, d_head), in.k.columns(first, d_head), probs);
    to_probabilities(probs, head, scale, options);
    if (traced) context.tracer.attention(site.kind, site.layer, head, probs);
    matmul(probs, in.v.columns(first, d_head), out.columns(first, d_head));
  }
  return out;
}

}  // namespace glassformer
