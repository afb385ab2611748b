#include "layers/encoder_layer.h"

namespace glassformer {

Result<EncoderLayer> load_encoder_layer(const WeightScope& weights, const EncoderLayerNames& names,
                                        const EncoderLayerConfig& config) {
  const size_t d_model = config.d_model;
  const auto linear = [&weights](std::string_view name, size_t d_in, size_t d_out) {
    return Linear::load(weights.scope(name), d_in, d_out);
  };
  const auto norm = [&](std::string_view name) {
    return LayerNorm::load(weights.scope(name), d_model, config.layer_norm_eps);
  };
  EncoderLayer layer;
  GF_ASSIGN(layer.attention.query, linear(names.query, d_model, d_model));
  GF_ASSIGN(layer.attention.key, linear(names.key, d_model, d_model));
  GF_ASSIGN(layer.attention.value, linear(names.value, d_model, d_model));
  GF_ASSIGN(layer.attention.output, linear(names.output, d_model, d_model));
  GF_ASSIGN(layer.attention_norm, norm(names.attention_norm));
  GF_ASSIGN(layer.feed_forward.expand, linear(names.expand, d_model, config.d_ff));
  GF_ASSIGN(layer.feed_forward.project, linear(names.project, config.d_ff, d_model));
  GF_ASSIGN(layer.output_norm, norm(names.output_norm));
  layer.feed_forward.activation = config.activation;
  return layer;
}

}  // namespace glassformer
