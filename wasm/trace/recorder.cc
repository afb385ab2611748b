#include "trace/recorder.h"

#include <algorithm>

namespace glassformer {

namespace {

/// Copies a matrix into place `index` of a stack of equal matrices.
void copy_into(TraceTensor& stack, size_t index, ConstMatrix matrix) {
  float* out = stack.data.data() + index * matrix.rows * matrix.cols;
  GF_CHECK((index + 1) * matrix.rows * matrix.cols <= stack.data.size());
  for (size_t i = 0; i < matrix.rows; ++i) out = std::ranges::copy(matrix.row(i), out).out;
}

}  // namespace

void Recorder::attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) {
  if (!options_.attentions) return;
  const bool main = kind == AttentionKind::kSelf;
  const size_t n_layers = main ? shape_.n_layers : shape_.n_decoder_layers;
  const size_t n_heads = main ? shape_.n_heads : shape_.n_decoder_heads;
  TraceTensor& stack = attentions_[static_cast<size_t>(kind)];
  if (stack.data.empty()) {
    stack.shape = {n_layers, n_heads, probs.rows, probs.cols};
    stack.data.resize(n_layers * n_heads * probs.rows * probs.cols);
  }
  copy_into(stack, layer * n_heads + head, probs);
}

void Recorder::hidden_states(Stream stream, size_t index, ConstMatrix hidden) {
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
