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
};

}  // namespace glassformer
