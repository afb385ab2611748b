// The forward pass follows transformers' AlbertModel, the heads AlbertForSequenceClassification and
// its siblings; weights carry their names.
#include "families/albert.h"

#include <vector>

#include "families/heads.h"
#include "families/stack_model.h"
#include "layers/embedding.h"
#include "layers/encoder_layer.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"AlbertModel", Head::kNone},
    {"AlbertForSequenceClassification", Head::kSequenceClassification},
    {"AlbertForTokenClassification", Head::kTokenClassification},
    {"AlbertForQuestionAnswering", Head::kQuestionAnswering},
    {"AlbertForMaskedLM", Head::kMaskedLm},
};

struct AlbertConfig {
  ModelShape shape;
  size_t d_embedding;
  size_t n_groups;
  EncoderLayerConfig layer;
};

Result<AlbertConfig> read_config(const ConfigFields& fields) {
  constexpr size_t kDefaultEmbedding = 128;
  constexpr size_t kDefaultTypes = 2;
  constexpr float kDefaultLayerNormEps = 1e-12F;
  AlbertConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("num_hidden_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("num_attention_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("hidden_size"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.shape.type_vocab_size, fields.size_or("type_vocab_size", kDefaultTypes));
  GF_ASSIGN(config.d_embedding, fields.size_or("embedding_size", kDefaultEmbedding));
  GF_ASSIGN(config.layer.d_ff, fields.size("intermediate_size"));
  GF_ASSIGN(config.n_groups, fields.size_or("num_hidden_groups", 1));
  GF_ASSIGN(const std::string activation, fields.string_or("hidden_act", "gelu_new"));
  GF_ASSIGN(config.layer.activation, activation_from_name(activation));
  GF_ASSIGN(config.layer.layer_norm_eps, fields.number_or("layer_norm_eps", kDefaultLayerNormEps));
  GF_ASSIGN(const size_t inner_layers, fields.size_or("inner_group_num", 1));
  config.layer.d_model = config.shape.d_model;
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  GF_TRY(fields.require_text("position_embedding_type", "absolute"));
  if (inner_layers != 1) {
    return fail(ErrorCode::kUnsupported, "config.json: 'inner_group_num' = ", inner_layers,
                " is not supported");
  }
  return config;
}

constexpr EncoderLayerNames kLayerNames{
    .query = "attention.query",
    .key = "attention.key",
    .value = "attention.value",
    .output = "attention.dense",
    .attention_norm = "attention.LayerNorm",
    .expand = "ffn",
    .project = "ffn_output",
    .output_norm = "full_layer_layer_norm",
};

class AlbertEncoder final : public Stack {
 public:
  static Result<std::unique_ptr<Stack>> load(const WeightScope& weights,
                                             const AlbertConfig& config) {
    const ModelShape& shape = config.shape;
    const WeightScope embeddings = weights.scope("embeddings");
    const auto exact_table = [&](std::string_view name, size_t rows) {
      return Embedding::load_exact(embeddings.scope(name), rows, config.d_embedding);
    };
    auto encoder = std::make_unique<AlbertEncoder>();
    encoder->n_heads_ = shape.n_heads;
    GF_ASSIGN(encoder->words_, Embedding::load(embeddings.scope("word_embeddings"),
                                               shape.vocab_size, config.d_embedding));
    GF_ASSIGN(encoder->positions_, exact_table("position_embeddings", shape.max_positions));
    GF_ASSIGN(encoder->types_, exact_table("token_type_embeddings", shape.type_vocab_size));
    GF_ASSIGN(encoder->norm_, LayerNorm::load(embeddings.scope("LayerNorm"), config.d_embedding,
                                              config.layer.layer_norm_eps));
    GF_ASSIGN(encoder->widen_, Linear::load(weights.scope("encoder.embedding_hidden_mapping_in"),
                                            config.d_embedding, shape.d_model));
    std::vector<EncoderLayer> groups;
    for (size_t i = 0; i < config.n_groups; ++i) {
      const WeightScope group = weights.scope("encoder.albert_layer_groups", i);
      GF_ASSIGN(const EncoderLayer layer,
                load_encoder_layer(group.scope("albert_layers", 0), kLayerNames, config.layer));
      groups.push_back(layer);
    }
    // Every layer is a view of its group's weights.
    for (size_t i = 0; i < shape.n_layers; ++i) {
      encoder->layers_.push_back(groups[i * config.n_groups / shape.n_layers]);
    }
    return std::unique_ptr<Stack>(std::move(encoder));
  }

  Matrix forward(const TokenInput& input, SequenceBatch batch,
                 ForwardContext& context) const override {
    const Matrix embedded = words_.lookup(input.ids, context);  // [n_tokens, d_embedding]
    if (input.type_ids.empty()) {
      types_.add_row_to_all(embedded, 0, context);
    } else {
      types_.add_rows(embedded, input.type_ids, context);
    }
    positions_.add_positions(embedded, batch, 0, context);
    norm_.forward(embedded);
    const Matrix hidden = widen_.forward(embedded, context);  // [n_tokens, d_model]
    run_encoder(layers_, n_heads_, hidden, batch, context);
    return hidden;
  }

 private:
  size_t n_heads_ = 0;
  Embedding words_;
  Embedding positions_;
  Embedding types_;
  LayerNorm norm_;
  Linear widen_;
  std::vector<EncoderLayer> layers_;
};

EncoderHeads heads_of(const WeightScope& root, const WeightScope& albert,
                      const AlbertConfig& config) {
  return {{albert.scope("pooler"), Activation::kTanh, root.scope("classifier")},
          {root.scope("predictions.dense"), config.layer.activation,
           root.scope("predictions.LayerNorm"), config.layer.layer_norm_eps,
           albert.scope("embeddings.word_embeddings"), "predictions.bias"}};
}

}  // namespace

ModelResult load_albert(const ModelSource& source) {
  GF_ASSIGN(const AlbertConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope albert = source.body("albert", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, AlbertEncoder::load(albert, config));
  GF_ASSIGN(parts.head_module,
            load_encoder_head(head, source, heads_of(source.weights, albert, config),
                              {config.shape.d_model, config.d_embedding, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
