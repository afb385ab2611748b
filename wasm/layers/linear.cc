#include "layers/linear.h"

#include "kernels/elementwise.h"
#include "kernels/gemm.h"
#include "kernels/half.h"
#include "kernels/int8.h"

namespace glassformer {

Result<Linear> Linear::load(const WeightScope& weights, size_t d_in, size_t d_out) {
  GF_ASSIGN(Linear layer, load_unbiased(weights, d_in, d_out));
  GF_ASSIGN(layer.bias_, weights.vector("bias", d_out));
  return layer;
}

Result<Linear> Linear::load_unbiased(const WeightScope& weights, size_t d_in, size_t d_out) {
  Linear layer;
  GF_ASSIGN(layer.weight_, weights.matrix("weight", d_out, d_in));
  layer.prepare();
  return layer;
}

Result<Linear> Linear::load_transposed(const WeightScope& weights, size_t d_in, size_t d_out) {
  Linear layer;
  GF_ASSIGN(layer.weight_, weights.transposed_matrix("weight", d_in, d_out));
  layer.prepare();
  GF_ASSIGN(layer.bias_, weights.vector("bias", d_out));
  return layer;
}

Linear Linear::tied(const WeightMatrix& weight, std::span<const float> bias) {
  Linear layer;
  layer.weight_ = weight;
  layer.prepare();
  layer.bias_ = bias;
  return layer;
}

void Linear::prepare() {
  if (const auto* int8 = std::get_if<Int8Matrix>(&weight_)) light_ = light_rows(int8->values);
}

Matrix Linear::forward(ConstMatrix x, ForwardContext& context) const {
  const Matrix y = context.workspace.matrix(x.rows, d_out());
  if (const auto* int8 = std::get_if<Int8Matrix>(&weight_)) {
    Int8Matrix weight = *int8;
    weight.light = light_;
    matmul_transposed(x, weight, bias_, y, context.workspace);
    return y;
  }
  if (const auto* half = std::get_if<HalfMatrix>(&weight_)) {
    matmul_transposed(x, *half, y, context.workspace);
  } else {
    matmul_transposed(x, std::get<ConstMatrix>(weight_), y, context.workspace.threads());
  }
  if (!bias_.empty()) add_bias(y, bias_);
  return y;
}

}  // namespace glassformer
