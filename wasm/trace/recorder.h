// Recorder: the Tracer that keeps what it is asked to keep, packed into one array per kind.
#pragma once

#include <vector>

#include "trace/tracer.h"

namespace glassformer {

/// Row-major floats with their shape.
struct TraceTensor {
  std::vector<float> data;
  std::vector<size_t> shape;
};

struct RecorderOptions {
  bool attentions = false;
  bool hidden_states = false;
};

/// Sizes of the pass to be recorded.
struct RecorderShape {
  size_t n_layers = 0;
  size_t n_heads = 0;
  size_t n_decoder_layers = 0;  // of an encoder-decoder
  size_t n_decoder_heads = 0;
};

class Recorder final : public Tracer {
 public:
  Recorder(RecorderOptions options, RecorderShape shape) : options_(options), shape_(shape) {}

  bool wants_attention() const override { return options_.attentions; }
  void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) override;
  void hidden_states(Stream stream, size_t index, ConstMatrix hidden) override;

  /// [n_layers, n_heads, n_q, n_k]; empty when not asked for, or when the model has no attention of
  /// that kind.
  const TraceTensor& attentions(AttentionKind kind) const {
    return attentions_[static_cast<size_t>(kind)];
  }
  /// [n_layers + 1, n_tokens, d_model].
  const TraceTensor& all_hidden_states(Stream stream) const {
    return hidden_states_[static_cast<size_t>(stream)];
  }

 private:
  static constexpr size_t kAttentionKinds = 3;
  static constexpr size_t kStreams = 2;

  RecorderOptions options_;
  RecorderShape shape_;
  TraceTensor attentions_[kAttentionKinds];
  TraceTensor hidden_states_[kStreams];
};

}  // namespace glassformer
