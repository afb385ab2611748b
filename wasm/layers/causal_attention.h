// Masked self-attention as OpenAI's models have it: one projection gives q, k and v side by side.
#pragma once

#include "layers/attention.h"
#include "layers/linear.h"

namespace glassformer {

struct CausalAttention {
  Linear queries_keys_values;  // d_model -> 3 d_model
  Linear output;               // [d_model, d_model]
  float scale;

  /// A batch of sequences x [n, d_model] -> [n, d_model], in the workspace.
  Matrix forward(ConstMatrix x, SequenceBatch batch, const AttentionSite& site,
                 ForwardContext& context) const {
    const Matrix qkv = queries_keys_values.forward(x, context);  // [n, 3 d_model]
    const size_t d_model = x.cols;
    const QueriesKeysValues in{qkv.columns(0, d_model), qkv.columns(d_model, d_model),
                               qkv.columns(2 * d_model, d_model)};
    return output.forward(self_attention(in, batch, AttentionMask::kCausal, site, context, scale),
                          context);
  }
};

}  // namespace glassformer
