// What a forward pass shows of itself. The layers call the tracer at every point that someone may
// want to see; a tracer that wants nothing costs one virtual call per layer.
#pragma once

#include <cstddef>

#include "core/matrix.h"

namespace glassformer {

/// Whose attention it is. The three attentions of "Attention Is All You Need" (figure 1) are kSelf,
/// kDecoder and kCross.
enum class AttentionKind {
  kSelf,     // self-attention of an encoder, or of a model that is one stack (masked in GPT-2)
  kDecoder,  // masked self-attention of an encoder-decoder's decoder
  kCross,    // from its decoder to its encoder
};

/// Which residual stream it is.
enum class Stream {
  kMain,     // of an encoder, or of a model that is one stack
  kDecoder,  // of an encoder-decoder's decoder
};

class Tracer {
 public:
  virtual ~Tracer() = default;

  /// Whether attention probabilities have to be handed over; asked once per layer.
  virtual bool wants_attention() const { return false; }
  /// The probabilities of one head, [n_q, n_k]; every row sums to 1. The view ends with the call.
  virtual void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) {
    (void)kind, (void)layer, (void)head, (void)probs;
  }

  /// The residual stream, [n_tokens, d_model]: index 0 is the embedding output, index i the output
  /// of layer i.
  virtual void hidden_states(Stream stream, size_t index, ConstMatrix hidden) {
    (void)stream, (void)index, (void)hidden;
  }
};

}  // namespace glassformer
