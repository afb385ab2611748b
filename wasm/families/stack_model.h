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
  virtual Matrix forward(const TokenInput& input, ForwardContext& context) const = 0;
};

struct StackModelParts {
  ModelShape shape;
  Head head;
  std::unique_ptr<Stack> stack;
  std::unique_ptr<HeadModule> head_module;  // null for Head::kNone
};

std::unique_ptr<Model> make_stack_model(StackModelParts parts);

}  // namespace glassformer
