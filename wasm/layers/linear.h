// A fully connected layer: y = x W^T + b, with W [d_out, d_in] as the checkpoint stores it, in f32
// or int8.
#pragma once

#include <span>

#include "formats/weights.h"
#include "layers/forward_context.h"

namespace glassformer {

class Linear {
 public:
  /// Reads `weight` [d_out, d_in] and `bias` [d_out].
  static Result<Linear> load(const WeightScope& weights, size_t d_in, size_t d_out);

  /// x [n, d_in] -> [n, d_out], in the workspace.
  Matrix forward(ConstMatrix x, ForwardContext& context) const;

  size_t d_out() const { return bias_.size(); }

 private:
  WeightMatrix weight_;
  std::span<const float> bias_;
};

}  // namespace glassformer
