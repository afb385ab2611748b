#include "layers/rms_norm.h"

#include "kernels/elementwise.h"

namespace glassformer {

Result<RmsNorm> RmsNorm::load(const WeightScope& weights, size_t d_model, float epsilon) {
  RmsNorm norm;
  norm.epsilon_ = epsilon;
  GF_ASSIGN(norm.weight_, weights.vector("weight", d_model));
  return norm;
}

void RmsNorm::forward(Matrix x) const { rms_norm_rows(x, weight_, epsilon_); }

Matrix RmsNorm::normalized(ConstMatrix x, ForwardContext& context) const {
  const Matrix y = context.workspace.matrix(x.rows, x.cols);
  copy(x, y);
  forward(y);
  return y;
}

}  // namespace glassformer
