// Attention with its projections: queries from one sequence, keys and values from another (or the
// same), heads' outputs projected back ("Attention Is All You Need", section 3.2.2).
#pragma once

#include "layers/attention.h"
#include "layers/linear.h"

namespace glassformer {

struct ProjectedAttention {
  Linear query;   // d_model -> n_heads * d_head
  Linear key;     // d_model -> n_heads * d_head
  Linear value;   // d_model -> n_heads * d_head
  Linear output;  // n_heads * d_head -> d_model

  /// Self-attention of a batch of sequences, x [n, d_model]: [n, d_model], in the workspace.
  Matrix forward(ConstMatrix x, SequenceBatch batch, AttentionMask mask, const AttentionSite& site,
                 ForwardContext& context, std::optional<float> scale = {}) const {
    const Matrix q = query.forward(x, context);  // [n, n_heads * d_head]
    const Matrix k = key.forward(x, context);
    const Matrix v = value.forward(x, context);
    return output.forward(self_attention({q, k, v}, batch, mask, site, context, scale), context);
  }

  /// Attention of a batch of sequences x [n, d_model] to their sources: [n, d_model], in the
  /// workspace.
  Matrix forward_cross(ConstMatrix x, SequenceBatch batch, const AttentionSite& site,
                       ForwardContext& context, std::optional<float> scale = {}) const {
    const Matrix q = query.forward(x, context);  // [n, n_heads * d_head]
    return output.forward(cross_attention(q, batch, site, context, scale), context);
  }

  /// Adds the keys and values of a layer to each source of memory [n, d_model]: sources[i] keeps
  /// those of batch[i].
  void project_memory(ConstMatrix memory, SequenceBatch batch, std::span<SourceMemory> sources,
                      ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    const ConstMatrix k = key.forward(memory, context), v = value.forward(memory, context);
    for (size_t i = 0; i < batch.size(); ++i) {
      sources[i].layers.emplace_back().append(k.slice(batch[i].first, batch[i].count),
                                              v.slice(batch[i].first, batch[i].count));
    }
  }
};

}  // namespace glassformer
