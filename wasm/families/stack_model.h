// A model that is one stack of layers with a head on top, an encoder like BERT or a decoder like
// GPT-2: the frame that all such families share.
#pragma once

#include <memory>

#include "families/family.h"
#include "families/heads.h"

namespace glassformer {

class Stack {
 public:
  virtual ~Stack() = default;
  /// The last hidden states, [n_tokens, d_model], in the workspace; the tracer sees every layer.
  /// `batch` says which of them belong together.
  virtual Matrix forward(const TokenInput& input, SequenceBatch batch,
                         ForwardContext& context) const = 0;
};

/// A stack whose attention is masked, so that it can read a sequence in several steps.
class DecoderStack : public Stack {
 public:
  Matrix forward(const TokenInput& input, SequenceBatch batch,
                 ForwardContext& context) const final {
    return forward_batch(input.ids, batch, context);
  }

  /// The last hidden states of a batch of sequences, [n, d_model], in the workspace.
  virtual Matrix forward_batch(std::span<const int32_t> ids, SequenceBatch batch,
                               ForwardContext& context) const = 0;
};

template <class StackKind>
struct StackModelParts {
  ModelShape shape;
  Head head;
  std::unique_ptr<StackKind> stack;
  std::unique_ptr<HeadModule> head_module;  // null for Head::kNone
};

std::unique_ptr<Model> make_stack_model(StackModelParts<Stack> parts);
std::unique_ptr<Model> make_decoder_model(StackModelParts<DecoderStack> parts);

}  // namespace glassformer
