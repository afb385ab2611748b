#include "layers/layer_norm.h"

namespace glassformer {

Result<LayerNorm> LayerNorm::load(const WeightScope& weights, size_t d_model, float epsilon) {
  const bool old_names = weights.contains("gamma");
  LayerNorm layer;
  layer.weights_.epsilon = epsilon;
  GF_ASSIGN(layer.weights_.weight, weights.vector(old_names ? "gamma" : "weight", d_model));
  GF_ASSIGN(layer.weights_.bias, weights.vector(old_names ? "beta" : "bias", d_model));
  return layer;
}

}  // namespace glassformer
