// The position-wise feed-forward network ("Attention Is All You Need", section 3.3): expand,
// activate, project back.
#pragma once

#include "kernels/elementwise.h"
#include "layers/linear.h"

namespace glassformer {

struct FeedForward {
  Linear expand;   // d_model -> d_ff
  Linear project;  // d_ff -> d_model
  Activation activation{};

  /// x [n, d_model] -> [n, d_model], in the workspace.
  Matrix forward(ConstMatrix x, ForwardContext& context) const {
    const Matrix inner = expand.forward(x, context);  // [n, d_ff]
    activate(inner, activation, context.workspace.threads());
    return project.forward(inner, context);
  }
};

}  // namespace glassformer
