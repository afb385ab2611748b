// The forward pass follows transformers' DistilBertModel and DistilBertForSequenceClassification;
// weights carry their names.
#include "families/distilbert.h"

#include "layers/embedding.h"
#include "layers/encoder_layer.h"

namespace glassformer {

namespace {

/// Not in the config: transformers builds the model with this value.
constexpr float kLayerNormEps = 1e-12F;

struct DistilBertConfig {
  ModelShape shape;
  size_t d_ff;
  Activation activation;
  Head head;
  size_t n_labels;
};

Result<DistilBertConfig> read_config(const ModelSource& source) {
  const ConfigFields& fields = source.fields;
  DistilBertConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("n_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("n_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("dim"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.d_ff, fields.size("hidden_dim"));
  GF_ASSIGN(const std::string activation, fields.string_or("activation", "gelu"));
  GF_ASSIGN(config.activation, activation_from_name(activation));
  GF_ASSIGN(config.head, read_head(source.config, "DistilBert"));
  config.n_labels = source.config.labels.size();
  GF_TRY(check_heads(config.shape));
  return config;
}

struct Embeddings {
  Embedding words;
  Embedding positions;
  LayerNorm norm;

  static Result<Embeddings> load(const WeightScope& weights, const ModelShape& shape) {
    const size_t d_model = shape.d_model;
    Embeddings e;
    GF_ASSIGN(e.words,
              Embedding::load(weights.scope("word_embeddings"), shape.vocab_size, d_model));
    GF_ASSIGN(e.positions,
              Embedding::load(weights.scope("position_embeddings"), shape.max_positions, d_model));
    GF_ASSIGN(e.norm, LayerNorm::load(weights.scope("LayerNorm"), d_model, kLayerNormEps));
    return e;
  }

  /// [n_tokens, d_model]
  Matrix forward(std::span<const int32_t> ids, ForwardContext& context) const {
    const Matrix hidden = words.lookup(ids, context);
    positions.add_first_rows(hidden, context);
    norm.forward(hidden);
    return hidden;
  }
};

Result<EncoderLayer> load_layer(const WeightScope& weights, const DistilBertConfig& config) {
  const auto [d_model, d_ff] = std::pair(config.shape.d_model, config.d_ff);
  const WeightScope attention = weights.scope("attention");
  const WeightScope ffn = weights.scope("ffn");
  EncoderLayer layer;
  GF_ASSIGN(layer.attention.query, Linear::load(attention.scope("q_lin"), d_model, d_model));
  GF_ASSIGN(layer.attention.key, Linear::load(attention.scope("k_lin"), d_model, d_model));
  GF_ASSIGN(layer.attention.value, Linear::load(attention.scope("v_lin"), d_model, d_model));
  GF_ASSIGN(layer.attention.output, Linear::load(attention.scope("out_lin"), d_model, d_model));
  GF_ASSIGN(layer.attention_norm,
            LayerNorm::load(weights.scope("sa_layer_norm"), d_model, kLayerNormEps));
  GF_ASSIGN(layer.feed_forward.expand, Linear::load(ffn.scope("lin1"), d_model, d_ff));
  GF_ASSIGN(layer.feed_forward.project, Linear::load(ffn.scope("lin2"), d_ff, d_model));
  GF_ASSIGN(layer.output_norm,
            LayerNorm::load(weights.scope("output_layer_norm"), d_model, kLayerNormEps));
  layer.feed_forward.activation = config.activation;
  return layer;
}

/// relu(dense([CLS])), then the classes: logits [1, n_labels].
struct ClassificationHead {
  Linear pre_classifier;
  Linear classifier;

  Matrix forward(ConstMatrix hidden, ForwardContext& context) const {
    const Matrix pooled = pre_classifier.forward(hidden.slice(0, 1), context);  // [1, d_model]
    activate(pooled, Activation::kRelu);
    return classifier.forward(pooled, context);
  }
};

class DistilBertModel final : public Model {
 public:
  static Result<std::unique_ptr<Model>> load(const ModelSource& source) {
    auto model = std::make_unique<DistilBertModel>();
    GF_ASSIGN(model->config_, read_config(source));
    const DistilBertConfig& config = model->config_;
    // A checkpoint of the bare encoder has no prefix.
    const bool prefixed = source.weights.contains("distilbert.embeddings.word_embeddings.weight");
    const WeightScope distilbert = prefixed ? source.weights.scope("distilbert") : source.weights;
    GF_ASSIGN(model->embeddings_, Embeddings::load(distilbert.scope("embeddings"), config.shape));
    for (size_t i = 0; i < config.shape.n_layers; ++i) {
      GF_ASSIGN(EncoderLayer layer, load_layer(distilbert.scope("transformer.layer", i), config));
      model->layers_.push_back(layer);
    }
    if (config.head == Head::kSequenceClassification) {
      const size_t d_model = config.shape.d_model;
      GF_ASSIGN(model->head_.pre_classifier,
                Linear::load(source.weights.scope("pre_classifier"), d_model, d_model));
      GF_ASSIGN(model->head_.classifier,
                Linear::load(source.weights.scope("classifier"), d_model, config.n_labels));
    }
    return std::unique_ptr<Model>(std::move(model));
  }

  const ModelShape& shape() const override { return config_.shape; }
  Head head() const override { return config_.head; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const Matrix hidden = embeddings_.forward(input.ids, context);  // [n_tokens, d_model]
    run_encoder(layers_, config_.shape.n_heads, hidden, context);
    if (config_.head == Head::kNone) return {};
    return head_.forward(hidden, context);  // [1, n_labels]
  }

 private:
  DistilBertConfig config_{};
  Embeddings embeddings_;
  std::vector<EncoderLayer> layers_;
  ClassificationHead head_;
};

}  // namespace

Result<std::unique_ptr<Model>> load_distilbert(const ModelSource& source) {
  return DistilBertModel::load(source);
}

}  // namespace glassformer
