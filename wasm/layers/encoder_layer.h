// One post-norm encoder layer ("Attention Is All You Need", figure 1, left): attention and
// feed-forward, each added to its input and normalised. BERT and its descendants share it;
// only the names of the weights differ.
#pragma once

#include <string_view>

#include "layers/feed_forward.h"
#include "layers/layer_norm.h"
#include "layers/projected_attention.h"

namespace glassformer {

struct EncoderLayer {
  ProjectedAttention attention;
  LayerNorm attention_norm;
  FeedForward feed_forward;
  LayerNorm output_norm;

  /// Transforms the residual stream [n_tokens, d_model] of a batch of texts in place.
  void forward(Matrix hidden, SequenceBatch batch, const AttentionSite& site,
               ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    add(hidden, attention.forward(hidden, batch, AttentionMask::kNone, site, context));
    attention_norm.forward(hidden);
    add(hidden, feed_forward.forward(hidden, context));
    output_norm.forward(hidden);
  }
};

/// What a family calls the weights of its layers.
struct EncoderLayerNames {
  std::string_view query, key, value, output, attention_norm;
  std::string_view expand, project, output_norm;
};

struct EncoderLayerConfig {
  size_t d_model;
  size_t d_ff;
  Activation activation;
  float layer_norm_eps;
};

Result<EncoderLayer> load_encoder_layer(const WeightScope& weights, const EncoderLayerNames& names,
                                        const EncoderLayerConfig& config);

/// Runs the layers one after the other, showing the tracer the stream before the first and after
/// each.
inline void run_encoder(std::span<const EncoderLayer> layers, size_t n_heads, Matrix hidden,
                        SequenceBatch batch, ForwardContext& context) {
  context.tracer.hidden_states(Stream::kMain, 0, hidden);
  for (size_t i = 0; i < layers.size(); ++i) {
    if (!context.skips(i)) {
      layers[i].forward(hidden, batch, {AttentionKind::kSelf, i, n_heads}, context);
    }
    context.tracer.hidden_states(Stream::kMain, i + 1, hidden);
  }
}

}  // namespace glassformer
