// Root mean square normalisation (Zhang & Sennrich 2019): no mean is subtracted, nothing is
// shifted.
#pragma once

#include "formats/weights.h"
#include "layers/forward_context.h"

namespace glassformer {

class RmsNorm {
 public:
  /// Reads `weight`, [d_model].
  static Result<RmsNorm> load(const WeightScope& weights, size_t d_model, float epsilon);

  /// Normalises the rows of x [n, d_model] in place.
  void forward(Matrix x) const;

  /// The normalised rows of x [n, d_model], in the workspace.
  Matrix normalized(ConstMatrix x, ForwardContext& context) const;

 private:
  std::span<const float> weight_;
  float epsilon_ = 0;
};

}  // namespace glassformer
