// What a forward pass shows of itself. The layers call the tracer at every point that someone may
// want to see; a tracer that wants nothing costs a virtual call per layer and head.
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

struct HeadPlace {
  AttentionKind kind;
  size_t layer;
  size_t head;
  bool operator==(const HeadPlace&) const = default;
};

/// What one head computes its probabilities from. The scores before softmax are `scores` times
/// `scale`; in causal attention a query sees only the keys up to its own token, the last n_q of
/// n_k.
struct HeadParts {
  ConstMatrix q;       // [n_q, d_head]
  ConstMatrix k;       // [n_k, d_head]
  ConstMatrix v;       // [n_k, d_head]
  ConstMatrix scores;  // [n_q, n_k]
  float scale;
  bool causal;
};

class Tracer {
 public:
  virtual ~Tracer() = default;

  /// Whether it keeps anything at all: a pass that nobody watches need not be made for it.
  virtual bool is_watching() const { return false; }

  /// Whether attention probabilities have to be handed over; asked once per layer.
  virtual bool wants_attention() const { return false; }
  /// The probabilities of one head, [n_q, n_k]; every row sums to 1. The view ends with the call.
  virtual void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) {
    (void)kind, (void)layer, (void)head, (void)probs;
  }

  /// Whether a head's parts have to be handed over; asked once per head.
  virtual bool wants_parts(const HeadPlace& place) const {
    (void)place;
    return false;
  }
  /// The views end with the call.
  virtual void parts(const HeadPlace& place, const HeadParts& parts) { (void)place, (void)parts; }

  /// The residual stream, [n_tokens, d_model]: index 0 is the embedding output, index i the output
  /// of layer i.
  virtual void hidden_states(Stream stream, size_t index, ConstMatrix hidden) {
    (void)stream, (void)index, (void)hidden;
  }
};

}  // namespace glassformer
