// Multi-head scaled dot-product attention ("Attention Is All You Need", section 3.2), for projected
// q, k and v.
#pragma once

#include <optional>

#include "layers/forward_context.h"

namespace glassformer {

/// Where an attention stands in the model, for the tracer, and how it is divided.
struct AttentionSite {
  AttentionKind kind;
  size_t layer;
  size_t n_heads;
};

struct QueriesKeysValues {
  ConstMatrix q;  // [n_q, d_model]
  ConstMatrix k;  // [n_k, d_model]
  ConstMatrix v;  // [n_k, d_model]
};

/// What families add to the plain formula.
struct AttentionOptions {
  bool causal = false;         // query i sees keys 0 to i only
  std::optional<float> scale;  // instead of 1 / sqrt(d_head)
  ConstMatrix bias;            // [n_heads * n_q, n_k], added to the scaled scores; empty for none
};

/// softmax(q k^T / sqrt(d_head)) v for every head, side by side: [n_q, d_model], in the workspace.
/// Head h owns columns [h * d_head, (h + 1) * d_head). The tracer sees each head's probabilities
/// [n_q, n_k] if it wants them.
Matrix multi_head_attention(const QueriesKeysValues& in, const AttentionSite& site,
                            ForwardContext& context, const AttentionOptions& options = {});

}  // namespace glassformer
