#include "families/bert_encoder.h"

#include <vector>

#include "layers/embedding.h"
#include "layers/encoder_layer.h"

namespace glassformer {

namespace {

struct Embeddings {
  Embedding words;
  Embedding positions;
  Embedding types;
  LayerNorm norm;
};

Result<Embeddings> load_embeddings(const WeightScope& weights, const BertEncoderConfig& config) {
  const size_t width = config.d_embedding;
  const ModelShape& shape = config.shape;
  const auto exact_table = [&](std::string_view name, size_t rows) {
    return Embedding::load_exact(weights.scope(name), rows, width);
  };
  Embeddings e;
  GF_ASSIGN(e.words, Embedding::load(weights.scope("word_embeddings"), shape.vocab_size, width));
  GF_ASSIGN(e.positions, exact_table("position_embeddings", config.position_rows));
  GF_ASSIGN(e.types, exact_table("token_type_embeddings", shape.type_vocab_size));
  GF_ASSIGN(e.norm,
            LayerNorm::load(weights.scope("LayerNorm"), width, config.layer.layer_norm_eps));
  return e;
}

constexpr EncoderLayerNames kLayerNames{
    .query = "attention.self.query",
    .key = "attention.self.key",
    .value = "attention.self.value",
    .output = "attention.output.dense",
    .attention_norm = "attention.output.LayerNorm",
    .expand = "intermediate.dense",
    .project = "output.dense",
    .output_norm = "output.LayerNorm",
};

/// RoBERTa counts positions from padding_id + 1 over the tokens that are no padding.
std::span<const int32_t> positions_after_padding(std::span<const int32_t> ids, SequenceBatch batch,
                                                 int32_t padding_id, ForwardContext& context) {
  const auto positions = context.workspace.array<int32_t>(ids.size());
  for (const BatchedSequence& text : batch) {
    int32_t next = padding_id + 1;
    for (size_t i = text.first; i < text.first + text.count; ++i) {
      positions[i] = ids[i] == padding_id ? padding_id : next++;
    }
  }
  return positions;
}

class BertEncoder final : public Stack {
 public:
  static Result<std::unique_ptr<Stack>> load(const WeightScope& weights,
                                             const BertEncoderConfig& config) {
    auto encoder = std::make_unique<BertEncoder>();
    encoder->config_ = config;
    GF_ASSIGN(encoder->embeddings_, load_embeddings(weights.scope("embeddings"), config));
    if (config.d_embedding != config.shape.d_model) {
      GF_ASSIGN(encoder->projection_, Linear::load(weights.scope("embeddings_project"),
                                                   config.d_embedding, config.shape.d_model));
    }
    for (size_t i = 0; i < config.shape.n_layers; ++i) {
      GF_ASSIGN(const EncoderLayer layer,
                load_encoder_layer(weights.scope("encoder.layer", i), kLayerNames, config.layer));
      encoder->layers_.push_back(layer);
    }
    return std::unique_ptr<Stack>(std::move(encoder));
  }

  Matrix forward(const TokenInput& input, SequenceBatch batch,
                 ForwardContext& context) const override {
    Matrix hidden = embed(input, batch, context);                     // [n_tokens, d_embedding]
    if (projection_) hidden = projection_->forward(hidden, context);  // [n_tokens, d_model]
    run_encoder(layers_, config_.shape.n_heads, hidden, batch, context);
    return hidden;
  }

 private:
  Matrix embed(const TokenInput& input, SequenceBatch batch, ForwardContext& context) const {
    const Matrix x = embeddings_.words.lookup(input.ids, context);
    if (input.type_ids.empty()) {
      embeddings_.types.add_row_to_all(x, 0, context);
    } else {
      embeddings_.types.add_rows(x, input.type_ids, context);
    }
    if (config_.positions == Positions::kFromZero) {
      embeddings_.positions.add_positions(x, batch, 0, context);
    } else {
      const Workspace::Scope scope(context.workspace);
      const auto positions = positions_after_padding(input.ids, batch, config_.padding_id, context);
      embeddings_.positions.add_rows(x, positions, context);
    }
    embeddings_.norm.forward(x);
    return x;
  }

  BertEncoderConfig config_{};
  Embeddings embeddings_;
  std::optional<Linear> projection_;
  std::vector<EncoderLayer> layers_;
};

}  // namespace

Result<BertEncoderConfig> read_bert_encoder_config(const ConfigFields& fields) {
  constexpr size_t kDefaultTypes = 2;
  constexpr float kDefaultLayerNormEps = 1e-12F;
  BertEncoderConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("num_hidden_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("num_attention_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("hidden_size"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.position_rows, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.shape.type_vocab_size, fields.size_or("type_vocab_size", kDefaultTypes));
  GF_ASSIGN(config.layer.d_ff, fields.size("intermediate_size"));
  GF_ASSIGN(const std::string activation, fields.string_or("hidden_act", "gelu"));
  GF_ASSIGN(config.layer.activation, activation_from_name(activation));
  GF_ASSIGN(config.layer.layer_norm_eps, fields.number_or("layer_norm_eps", kDefaultLayerNormEps));
  config.d_embedding = config.shape.d_model;
  config.layer.d_model = config.shape.d_model;
  config.shape.max_positions = config.position_rows;
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  GF_TRY(fields.require_text("position_embedding_type", "absolute"));
  GF_TRY(fields.require_flag("is_decoder", false));
  GF_TRY(fields.require_flag("add_cross_attention", false));
  return config;
}

Result<std::unique_ptr<Stack>> load_bert_encoder(const WeightScope& weights,
                                                 const BertEncoderConfig& config) {
  return BertEncoder::load(weights, config);
}

}  // namespace glassformer
