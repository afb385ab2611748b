// Multi-head scaled dot-product attention ("Attention Is All You Need", section 3.2), for projected
// q, k and v: softmax(q k^T / sqrt(d_head)) v for every head, side by side. Head h owns columns
// [h * d_head, (h + 1) * d_head). A `scale` replaces 1 / sqrt(d_head). The tracer sees each head's
// probabilities [n_q, n_k] if it wants them.
#pragma once

#include <optional>

#include "layers/forward_context.h"
#include "layers/kv_cache.h"

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

/// Whether a query sees the tokens after itself.
enum class AttentionMask { kNone, kCausal };

/// Self-attention of several sequences: `in` holds the new tokens of all, and each attends to
/// itself alone: to what its cache has, if it has one, and to its new tokens, which the cache then
/// has too. [n, d_model], in the workspace.
Matrix self_attention(const QueriesKeysValues& in, SequenceBatch batch, AttentionMask mask,
                      const AttentionSite& site, ForwardContext& context,
                      std::optional<float> scale = {});

/// Cross-attention of several sequences: the rows of q [n, d_model] attend to their sequence's
/// source. [n, d_model], in the workspace.
Matrix cross_attention(ConstMatrix q, SequenceBatch batch, const AttentionSite& site,
                       ForwardContext& context, std::optional<float> scale = {});

}  // namespace glassformer
