// Layer normalisation (Ba et al. 2016) with the checkpoint's scale and shift.
#pragma once

#include "formats/weights.h"
#include "kernels/elementwise.h"
#include "layers/forward_context.h"

namespace glassformer {

class LayerNorm {
 public:
  /// Reads `weight` and `bias`, [d_model] each; checkpoints converted from TensorFlow call them
  /// `gamma` and `beta`.
  static Result<LayerNorm> load(const WeightScope& weights, size_t d_model, float epsilon);

  /// Normalises the rows of x [n, d_model] in place.
  void forward(Matrix x) const { layer_norm_rows(x, weights_); }

  /// The normalised rows of x [n, d_model], in the workspace: for layers that normalise what they
  /// read, not what they write (pre-norm).
  Matrix normalized(ConstMatrix x, ForwardContext& context) const {
    const Matrix y = context.workspace.matrix(x.rows, x.cols);
    copy(x, y);
    forward(y);
    return y;
  }

 private:
  LayerNormWeights weights_{};
};

}  // namespace glassformer
