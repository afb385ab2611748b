// Self-attention as every encoder has it: project the hidden states to q, k and v, attend, project
// the heads' outputs.
#pragma once

#include "layers/attention.h"
#include "layers/linear.h"

namespace glassformer {

struct SelfAttention {
  Linear query;  // [d_model, d_model] each
  Linear key;
  Linear value;
  Linear output;

  /// hidden [n_tokens, d_model] -> [n_tokens, d_model], in the workspace.
  Matrix forward(ConstMatrix hidden, const AttentionSite& site, ForwardContext& context) const {
    const Matrix q = query.forward(hidden, context);  // [n_tokens, d_model]
    const Matrix k = key.forward(hidden, context);
    const Matrix v = value.forward(hidden, context);
    const Matrix heads = multi_head_attention({q, k, v}, site, context);
    return output.forward(heads, context);
  }
};

}  // namespace glassformer
