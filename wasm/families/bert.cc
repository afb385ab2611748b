// The forward pass follows transformers' BertModel and BertForSequenceClassification; weights carry
// their names.
#include "families/bert.h"

#include "layers/embedding.h"
#include "layers/encoder_layer.h"

namespace glassformer {

namespace {

struct BertConfig {
  ModelShape shape;
  size_t d_ff;
  Activation activation;
  float layer_norm_eps;
  Head head;
  size_t n_labels;
};

Result<BertConfig> read_config(const ModelSource& source) {
  constexpr size_t kDefaultTypes = 2;
  constexpr float kDefaultLayerNormEps = 1e-12F;
  const ConfigFields& fields = source.fields;
  BertConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("num_hidden_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("num_attention_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("hidden_size"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.shape.type_vocab_size, fields.size_or("type_vocab_size", kDefaultTypes));
  GF_ASSIGN(config.d_ff, fields.size("intermediate_size"));
  GF_ASSIGN(const std::string activation, fields.string_or("hidden_act", "gelu"));
  GF_ASSIGN(config.activation, activation_from_name(activation));
  GF_ASSIGN(config.layer_norm_eps, fields.number_or("layer_norm_eps", kDefaultLayerNormEps));
  GF_ASSIGN(config.head, read_head(source.config, "Bert"));
  config.n_labels = source.config.labels.size();
  GF_TRY(check_heads(config.shape));
  GF_TRY(fields.require_text("position_embedding_type", "absolute"));
  GF_TRY(fields.require_flag("is_decoder", false));
  GF_TRY(fields.require_flag("add_cross_attention", false));
  return config;
}

struct Embeddings {
  Embedding words;
  Embedding positions;
  Embedding types;
  LayerNorm norm;

  static Result<Embeddings> load(const WeightScope& weights, const BertConfig& config) {
    const ModelShape& shape = config.shape;
    const size_t d_model = shape.d_model;
    Embeddings e;
    GF_ASSIGN(e.words,
              Embedding::load(weights.scope("word_embeddings"), shape.vocab_size, d_model));
    GF_ASSIGN(e.positions,
              Embedding::load(weights.scope("position_embeddings"), shape.max_positions, d_model));
    GF_ASSIGN(e.types, Embedding::load(weights.scope("token_type_embeddings"),
                                       shape.type_vocab_size, d_model));
    GF_ASSIGN(e.norm, LayerNorm::load(weights.scope("LayerNorm"), d_model, config.layer_norm_eps));
    return e;
  }

  /// [n_tokens, d_model]
  Matrix forward(const TokenInput& input, ForwardContext& context) const {
    const Matrix hidden = words.lookup(input.ids, context);
    if (input.type_ids.empty()) {
      types.add_row_to_all(hidden, 0, context);
    } else {
      types.add_rows(hidden, input.type_ids, context);
    }
    positions.add_first_rows(hidden, context);
    norm.forward(hidden);
    return hidden;
  }
};

Result<EncoderLayer> load_layer(const WeightScope& weights, const BertConfig& config) {
  const auto [d_model, d_ff, eps] =
      std::tuple(config.shape.d_model, config.d_ff, config.layer_norm_eps);
  const WeightScope self = weights.scope("attention.self");
  const WeightScope attention_output = weights.scope("attention.output");
  const WeightScope output = weights.scope("output");
  EncoderLayer layer;
  GF_ASSIGN(layer.attention.query, Linear::load(self.scope("query"), d_model, d_model));
  GF_ASSIGN(layer.attention.key, Linear::load(self.scope("key"), d_model, d_model));
  GF_ASSIGN(layer.attention.value, Linear::load(self.scope("value"), d_model, d_model));
  GF_ASSIGN(layer.attention.output,
            Linear::load(attention_output.scope("dense"), d_model, d_model));
  GF_ASSIGN(layer.attention_norm,
            LayerNorm::load(attention_output.scope("LayerNorm"), d_model, eps));
  GF_ASSIGN(layer.feed_forward.expand,
            Linear::load(weights.scope("intermediate.dense"), d_model, d_ff));
  GF_ASSIGN(layer.feed_forward.project, Linear::load(output.scope("dense"), d_ff, d_model));
  GF_ASSIGN(layer.output_norm, LayerNorm::load(output.scope("LayerNorm"), d_model, eps));
  layer.feed_forward.activation = config.activation;
  return layer;
}

/// tanh(dense([CLS])), then the classes: logits [1, n_labels].
struct ClassificationHead {
  Linear pooler;
  Linear classifier;

  Matrix forward(ConstMatrix hidden, ForwardContext& context) const {
    const Matrix pooled = pooler.forward(hidden.slice(0, 1), context);  // [1, d_model]
    activate(pooled, Activation::kTanh);
    return classifier.forward(pooled, context);
  }
};

class BertModel final : public Model {
 public:
  static Result<std::unique_ptr<Model>> load(const ModelSource& source) {
    auto model = std::make_unique<BertModel>();
    GF_ASSIGN(model->config_, read_config(source));
    const BertConfig& config = model->config_;
    // A checkpoint of the bare encoder has no prefix.
    const bool prefixed = source.weights.contains("bert.embeddings.word_embeddings.weight");
    const WeightScope bert = prefixed ? source.weights.scope("bert") : source.weights;
    GF_ASSIGN(model->embeddings_, Embeddings::load(bert.scope("embeddings"), config));
    for (size_t i = 0; i < config.shape.n_layers; ++i) {
      GF_ASSIGN(EncoderLayer layer, load_layer(bert.scope("encoder.layer", i), config));
      model->layers_.push_back(layer);
    }
    if (config.head == Head::kSequenceClassification) {
      const size_t d_model = config.shape.d_model;
      GF_ASSIGN(model->head_.pooler, Linear::load(bert.scope("pooler.dense"), d_model, d_model));
      GF_ASSIGN(model->head_.classifier,
                Linear::load(source.weights.scope("classifier"), d_model, config.n_labels));
    }
    return std::unique_ptr<Model>(std::move(model));
  }

  const ModelShape& shape() const override { return config_.shape; }
  Head head() const override { return config_.head; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const Matrix hidden = embeddings_.forward(input, context);  // [n_tokens, d_model]
    run_encoder(layers_, config_.shape.n_heads, hidden, context);
    if (config_.head == Head::kNone) return {};
    return head_.forward(hidden, context);  // [1, n_labels]
  }

 private:
  BertConfig config_{};
  Embeddings embeddings_;
  std::vector<EncoderLayer> layers_;
  ClassificationHead head_;
};

}  // namespace

Result<std::unique_ptr<Model>> load_bert(const ModelSource& source) {
  return BertModel::load(source);
}

}  // namespace glassformer
