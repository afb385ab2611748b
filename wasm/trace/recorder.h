// Recorder: the Tracer that keeps what it is asked to keep, packed into one array per kind.
#pragma once

#include <optional>
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
  std::optional<HeadPlace> inspected = std::nullopt;  // a head to be taken apart
};

/// One head taken apart.
struct InspectedHead {
  TraceTensor hidden;  // [n_tokens, d_model], the residual stream that enters the layer
  TraceTensor q;       // [n_q, d_head]
  TraceTensor k;       // [n_k, d_head]
  TraceTensor v;       // [n_k, d_head]
  TraceTensor scores;  // [n_q, n_k], before softmax; -infinity where a query may not look
  TraceTensor probs;   // [n_q, n_k]
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

  bool is_watching() const override {
    return options_.attentions || options_.hidden_states || options_.inspected;
  }
  bool wants_attention() const override { return options_.attentions || options_.inspected; }
  bool wants_parts(const HeadPlace& place) const override { return options_.inspected == place; }
  void parts(const HeadPlace& place, const HeadParts& parts) override;
  void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) override;
  void hidden_states(Stream stream, size_t index, ConstMatrix hidden) override;

  /// [n_layers, n_heads, n_q, n_k]; empty when not asked for, or when the model has no attention of
  /// that kind. All 0 in a layer that was skipped.
  const TraceTensor& attentions(AttentionKind kind) const {
    return attentions_[static_cast<size_t>(kind)];
  }
  /// [n_layers + 1, n_tokens, d_model].
  const TraceTensor& all_hidden_states(Stream stream) const {
    return hidden_states_[static_cast<size_t>(stream)];
  }

  /// Empty tensors when not asked for.
  const InspectedHead& inspected() const { return inspected_; }

 private:
  static constexpr size_t kAttentionKinds = 3;
  static constexpr size_t kStreams = 2;

  TraceTensor& make_room(AttentionKind kind, size_t n_q, size_t n_k);
  /// Room for the attention of all layers: those that are skipped never show theirs.
  void begin_stream(Stream stream, size_t n_tokens);

  RecorderOptions options_;
  RecorderShape shape_;
  size_t n_tokens_[kStreams] = {};
  TraceTensor attentions_[kAttentionKinds];
  TraceTensor hidden_states_[kStreams];
  InspectedHead inspected_;
};

}  // namespace glassformer
