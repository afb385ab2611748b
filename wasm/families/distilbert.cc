// The forward pass follows transformers' DistilBertModel, the heads
// DistilBertForSequenceClassification and its siblings; weights carry their names.
#include "families/distilbert.h"

#include <vector>

#include "families/heads.h"
#include "families/stack_model.h"
#include "layers/embedding.h"
#include "layers/encoder_layer.h"

namespace glassformer {

namespace {

/// Not in the config: transformers builds the model with this value.
constexpr float kLayerNormEps = 1e-12F;

constexpr Architecture kArchitectures[] = {
    {"DistilBertModel", Head::kNone},
    {"DistilBertForSequenceClassification", Head::kSequenceClassification},
    {"DistilBertForTokenClassification", Head::kTokenClassification},
    {"DistilBertForQuestionAnswering", Head::kQuestionAnswering},
    {"DistilBertForMaskedLM", Head::kMaskedLm},
};

struct DistilBertConfig {
  ModelShape shape;
  EncoderLayerConfig layer;
};

Result<DistilBertConfig> read_config(const ConfigFields& fields) {
  DistilBertConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("n_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("n_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("dim"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.layer.d_ff, fields.size("hidden_dim"));
  GF_ASSIGN(const std::string activation, fields.string_or("activation", "gelu"));
  GF_ASSIGN(config.layer.activation, activation_from_name(activation));
  config.layer.d_model = config.shape.d_model;
  config.layer.layer_norm_eps = kLayerNormEps;
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  return config;
}

constexpr EncoderLayerNames kLayerNames{
    .query = "attention.q_lin",
    .key = "attention.k_lin",
    .value = "attention.v_lin",
    .output = "attention.out_lin",
    .attention_norm = "sa_layer_norm",
    .expand = "ffn.lin1",
    .project = "ffn.lin2",
    .output_norm = "output_layer_norm",
};

class DistilBertEncoder final : public Stack {
 public:
  static Result<std::unique_ptr<Stack>> load(const WeightScope& weights,
                                             const DistilBertConfig& config) {
    const ModelShape& shape = config.shape;
    const WeightScope embeddings = weights.scope("embeddings");
    auto encoder = std::make_unique<DistilBertEncoder>();
    encoder->n_heads_ = shape.n_heads;
    GF_ASSIGN(encoder->words_, Embedding::load(embeddings.scope("word_embeddings"),
                                               shape.vocab_size, shape.d_model));
    GF_ASSIGN(encoder->positions_, Embedding::load_exact(embeddings.scope("position_embeddings"),
                                                         shape.max_positions, shape.d_model));
    GF_ASSIGN(encoder->norm_,
              LayerNorm::load(embeddings.scope("LayerNorm"), shape.d_model, kLayerNormEps));
    for (size_t i = 0; i < shape.n_layers; ++i) {
      GF_ASSIGN(const EncoderLayer layer, load_encoder_layer(weights.scope("transformer.layer", i),
                                                             kLayerNames, config.layer));
      encoder->layers_.push_back(layer);
    }
    return std::unique_ptr<Stack>(std::move(encoder));
  }

  Matrix forward(const TokenInput& input, SequenceBatch batch,
                 ForwardContext& context) const override {
    const Matrix hidden = words_.lookup(input.ids, context);  // [n_tokens, d_model]
    positions_.add_positions(hidden, batch, 0, context);
    norm_.forward(hidden);
    run_encoder(layers_, n_heads_, hidden, batch, context);
    return hidden;
  }

 private:
  size_t n_heads_ = 0;
  Embedding words_;
  Embedding positions_;
  LayerNorm norm_;
  std::vector<EncoderLayer> layers_;
};

EncoderHeads heads_of(const WeightScope& root, const WeightScope& distilbert,
                      const DistilBertConfig& config) {
  return {{root.scope("pre_classifier"), Activation::kRelu, root.scope("classifier")},
          {root.scope("vocab_transform"), config.layer.activation, root.scope("vocab_layer_norm"),
           kLayerNormEps, distilbert.scope("embeddings.word_embeddings"), "vocab_projector.bias"}};
}

}  // namespace

ModelResult load_distilbert(const ModelSource& source) {
  GF_ASSIGN(const DistilBertConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope distilbert = source.body("distilbert", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, DistilBertEncoder::load(distilbert, config));
  GF_ASSIGN(
      parts.head_module,
      load_encoder_head(head, source, heads_of(source.weights, distilbert, config),
                        {config.shape.d_model, config.shape.d_model, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
