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

  /// x [n_q, d_model] attends to memory [n_k, d_model], which is x itself in self-attention: [n_q,
  /// d_model], in the workspace.
  Matrix forward(ConstMatrix x, ConstMatrix memory, const AttentionSite& site,
                 ForwardContext& context, const AttentionOptions& options = {}) const {
    const Matrix q = query.forward(x, context);  // [n_q, n_heads * d_head]
    const Matrix k = key.forward(memory, context);
    const Matrix v = value.forward(memory, context);
    const Matrix heads = multi_head_attention({q, k, v}, site, context, options);
    return output.forward(heads, context);
  }

  /// Masked self-attention of a batch of sequences, x [n, d_model]: [n, d_model], in the workspace.
  Matrix forward_masked(ConstMatrix x, SequenceBatch batch, const AttentionSite& site,
                        ForwardContext& context, std::optional<float> scale = {}) const {
    const Matrix q = query.forward(x, context);  // [n, n_heads * d_head]
    const Matrix k = key.forward(x, context);
    const Matrix v = value.forward(x, context);
    return output.forward(masked_attention({q, k, v}, batch, site, context, scale), context);
  }

  /// Attention of a batch of sequences x [n, d_model] to their sources: [n, d_model], in the
  /// workspace.
  Matrix forward_cross(ConstMatrix x, SequenceBatch batch, const AttentionSite& site,
                       ForwardContext& context, std::optional<float> scale = {}) const {
    const Matrix q = query.forward(x, context);  // [n, n_heads * d_head]
    return output.forward(cross_attention(q, batch, site, context, scale), context);
  }

  /// The keys and values of memory [n_k, d_model], to be kept.
  KeysValues project_memory(ConstMatrix memory, ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    KeysValues kept;
    kept.append(key.forward(memory, context), value.forward(memory, context));
    return kept;
  }
};

}  // namespace glassformer
