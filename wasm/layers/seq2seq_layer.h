// A layer of an encoder-decoder ("Attention Is All You Need", figure 1): each sub-layer adds to the
// residual stream, and is normalised after (post-norm, as in the paper) or before (pre-norm).
#pragma once

#include "layers/feed_forward.h"
#include "layers/layer_norm.h"
#include "layers/projected_attention.h"

namespace glassformer {

enum class NormOrder { kPost, kPre };

/// Adds what `sublayer` makes of the stream (or of the normalised stream) to it.
template <class Sublayer>
void add_sublayer(Matrix hidden, const LayerNorm& norm, NormOrder order, ForwardContext& context,
                  Sublayer sublayer) {
  const Workspace::Scope scope(context.workspace);
  if (order == NormOrder::kPre) {
    add(hidden, sublayer(norm.normalized(hidden, context)));
  } else {
    add(hidden, sublayer(hidden));
    norm.forward(hidden);
  }
}

struct Seq2SeqEncoderLayer {
  ProjectedAttention attention;
  LayerNorm attention_norm;
  FeedForward feed_forward;
  LayerNorm output_norm;

  /// hidden [n, d_model], a batch of texts.
  void forward(Matrix hidden, SequenceBatch batch, NormOrder order, const AttentionSite& site,
               ForwardContext& context) const {
    add_sublayer(hidden, attention_norm, order, context, [&](Matrix x) {
      return attention.forward(x, batch, AttentionMask::kNone, site, context);
    });
    add_sublayer(hidden, output_norm, order, context,
                 [&](Matrix x) { return feed_forward.forward(x, context); });
  }
};

struct Seq2SeqDecoderLayer {
  ProjectedAttention attention;
  LayerNorm attention_norm;
  ProjectedAttention cross_attention;
  LayerNorm cross_attention_norm;
  FeedForward feed_forward;
  LayerNorm output_norm;

  /// hidden [n, d_model], a batch of sequences, each of which attends to itself, masked, and to its
  /// source. `site` is that of the masked self-attention.
  void forward(Matrix hidden, SequenceBatch batch, NormOrder order, const AttentionSite& site,
               ForwardContext& context) const {
    const AttentionSite cross{AttentionKind::kCross, site.layer, site.n_heads};
    add_sublayer(hidden, attention_norm, order, context, [&](Matrix x) {
      return attention.forward(x, batch, AttentionMask::kCausal, site, context);
    });
    add_sublayer(hidden, cross_attention_norm, order, context,
                 [&](Matrix x) { return cross_attention.forward_cross(x, batch, cross, context); });
    add_sublayer(hidden, output_norm, order, context,
                 [&](Matrix x) { return feed_forward.forward(x, context); });
  }
};

}  // namespace glassformer
