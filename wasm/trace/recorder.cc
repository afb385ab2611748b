#include "trace/recorder.h"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

namespace glassformer {

namespace {

/// Copies a matrix into place `index` of a stack of equal matrices.
void copy_into(TraceTensor& stack, size_t index, ConstMatrix matrix) {
  float* out = stack.data.data() + index * matrix.rows * matrix.cols;
  GF_CHECK((index + 1) * matrix.rows * matrix.cols <= stack.data.size());
  for (size_t i = 0; i < matrix.rows; ++i) out = std::ranges::copy(matrix.row(i), out).out;
}

TraceTensor copy_of(ConstMatrix matrix) {
  TraceTensor copy{std::vector<float>(matrix.rows * matrix.cols), {matrix.rows, matrix.cols}};
  copy_into(copy, 0, matrix);
  return copy;
}

TraceTensor scaled_scores(const HeadParts& parts) {
  TraceTensor scores = copy_of(parts.scores);
  for (float& score : scores.data) score *= parts.scale;
  if (!parts.causal) return scores;
  const auto [n_q, n_k] = std::pair(parts.scores.rows, parts.scores.cols);
  for (size_t query = 0; query < n_q; ++query) {
    const auto row = std::span(scores.data).subspan(query * n_k, n_k);
    std::ranges::fill(row.subspan(n_k - n_q + query + 1), -std::numeric_limits<float>::infinity());
  }
  return scores;
}

/// Whose residual stream a head stands in.
Stream stream_of(AttentionKind kind) {
  return kind == AttentionKind::kSelf ? Stream::kMain : Stream::kDecoder;
}

}  // namespace

void Recorder::parts(const HeadPlace& place, const HeadParts& parts) {
  if (options_.inspected != place) return;
  inspected_.q = copy_of(parts.q);
  inspected_.k = copy_of(parts.k);
  inspected_.v = copy_of(parts.v);
  inspected_.scores = scaled_scores(parts);
}

void Recorder::attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) {
  if (options_.inspected == HeadPlace{kind, layer, head}) inspected_.probs = copy_of(probs);
  if (!options_.attentions) return;
  TraceTensor& stack = make_room(kind, probs.rows, probs.cols);
  copy_into(stack, layer * stack.shape[1] + head, probs);
}

TraceTensor& Recorder::make_room(AttentionKind kind, size_t n_q, size_t n_k) {
  TraceTensor& stack = attentions_[static_cast<size_t>(kind)];
  if (!stack.data.empty()) return stack;
  const bool main = kind == AttentionKind::kSelf;
  const size_t n_layers = main ? shape_.n_layers : shape_.n_decoder_layers;
  const size_t n_heads = main ? shape_.n_heads : shape_.n_decoder_heads;
  stack.shape = {n_layers, n_heads, n_q, n_k};
  stack.data.resize(n_layers * n_heads * n_q * n_k);
  return stack;
}

void Recorder::begin_stream(Stream stream, size_t n_tokens) {
  n_tokens_[static_cast<size_t>(stream)] = n_tokens;
  if (!options_.attentions) return;
  const bool main = stream == Stream::kMain;
  make_room(main ? AttentionKind::kSelf : AttentionKind::kDecoder, n_tokens, n_tokens);
  if (!main) {
    make_room(AttentionKind::kCross, n_tokens, n_tokens_[static_cast<size_t>(Stream::kMain)]);
  }
}

void Recorder::hidden_states(Stream stream, size_t index, ConstMatrix hidden) {
  if (index == 0) begin_stream(stream, hidden.rows);
  const auto& inspected = options_.inspected;
  if (inspected && inspected->layer == index && stream_of(inspected->kind) == stream) {
    inspected_.hidden = copy_of(hidden);
  }
  if (!options_.hidden_states) return;
  const size_t n_layers = stream == Stream::kMain ? shape_.n_layers : shape_.n_decoder_layers;
  TraceTensor& stack = hidden_states_[static_cast<size_t>(stream)];
  if (stack.data.empty()) {
    stack.shape = {n_layers + 1, hidden.rows, hidden.cols};
    stack.data.resize((n_layers + 1) * hidden.rows * hidden.cols);
  }
  copy_into(stack, index, hidden);
}

}  // namespace glassformer
