// The forward pass follows transformers' MPNetModel, the heads MPNetForSequenceClassification and
// its siblings; weights carry their names.
#include "families/mpnet.h"

#include <vector>

#include "families/bert_encoder.h"
#include "layers/embedding.h"
#include "layers/encoder_layer.h"
#include "layers/relative_positions.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"MPNetModel", Head::kNone},
    {"MPNetForSequenceClassification", Head::kSequenceClassification},
    {"MPNetForTokenClassification", Head::kTokenClassification},
    {"MPNetForQuestionAnswering", Head::kQuestionAnswering},
    {"MPNetForMaskedLM", Head::kMaskedLm},
};

/// Fixed in transformers' MPNetEncoder.
constexpr size_t kBuckets = 32;
constexpr size_t kMaxDistance = 128;
/// MPNet's padding id is 1 whatever the config says; positions count from behind it.
constexpr size_t kFirstPosition = 2;

Result<BertEncoderConfig> read_config(const ConfigFields& fields) {
  GF_ASSIGN(BertEncoderConfig config, read_bert_encoder_config(fields));
  GF_ASSIGN(const size_t buckets, fields.size_or("relative_attention_num_buckets", kBuckets));
  if (buckets != kBuckets) {
    return fail(ErrorCode::kUnsupported,
                "config.json: 'relative_attention_num_buckets' = ", buckets,
                " is not supported; supported: ", kBuckets);
  }
  if (config.position_rows <= kFirstPosition) {
    return fail(ErrorCode::kInvalidFormat, "config.json: expected more than ", kFirstPosition,
                " positions, got ", config.position_rows);
  }
  config.shape.type_vocab_size = 0;
  config.shape.max_positions = config.position_rows - kFirstPosition;
  return config;
}

constexpr EncoderLayerNames kLayerNames{
    .query = "attention.attn.q",
    .key = "attention.attn.k",
    .value = "attention.attn.v",
    .output = "attention.attn.o",
    .attention_norm = "attention.LayerNorm",
    .expand = "intermediate.dense",
    .project = "output.dense",
    .output_norm = "output.LayerNorm",
};

class MpnetEncoder final : public Stack {
 public:
  static Result<std::unique_ptr<Stack>> load(const WeightScope& weights,
                                             const BertEncoderConfig& config) {
    const ModelShape& shape = config.shape;
    const WeightScope embeddings = weights.scope("embeddings");
    auto encoder = std::make_unique<MpnetEncoder>();
    encoder->n_heads_ = shape.n_heads;
    GF_ASSIGN(encoder->words_, Embedding::load(embeddings.scope("word_embeddings"),
                                               shape.vocab_size, shape.d_model));
    GF_ASSIGN(encoder->positions_, Embedding::load_exact(embeddings.scope("position_embeddings"),
                                                         config.position_rows, shape.d_model));
    GF_ASSIGN(encoder->norm_, LayerNorm::load(embeddings.scope("LayerNorm"), shape.d_model,
                                              config.layer.layer_norm_eps));
    GF_ASSIGN(encoder->relative_.table,
              load_relative_table(weights.scope("encoder"), kBuckets, shape.n_heads));
    for (size_t i = 0; i < shape.n_layers; ++i) {
      GF_ASSIGN(const EncoderLayer layer,
                load_encoder_layer(weights.scope("encoder.layer", i), kLayerNames, config.layer));
      encoder->layers_.push_back(layer);
    }
    return std::unique_ptr<Stack>(std::move(encoder));
  }

  Matrix forward(const TokenInput& input, SequenceBatch batch,
                 ForwardContext& context) const override {
    const Matrix hidden = words_.lookup(input.ids, context);  // [n_tokens, d_model]
    positions_.add_positions(hidden, batch, kFirstPosition, context);
    norm_.forward(hidden);
    run_encoder(layers_, n_heads_, hidden, relative_.biased(batch, context), context);
    return hidden;
  }

 private:
  size_t n_heads_ = 0;
  Embedding words_;
  Embedding positions_;
  LayerNorm norm_;
  RelativePositions relative_{{}, kMaxDistance, /*bidirectional=*/true};
  std::vector<EncoderLayer> layers_;
};

EncoderHeads heads_of(const WeightScope& root, const WeightScope& mpnet,
                      const BertEncoderConfig& config) {
  return {{root.scope("classifier.dense"), Activation::kTanh, root.scope("classifier.out_proj")},
          {root.scope("lm_head.dense"), Activation::kGelu, root.scope("lm_head.layer_norm"),
           config.layer.layer_norm_eps, mpnet.scope("embeddings.word_embeddings"), "lm_head.bias"}};
}

}  // namespace

ModelResult load_mpnet(const ModelSource& source) {
  GF_ASSIGN(const BertEncoderConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope mpnet = source.body("mpnet", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, MpnetEncoder::load(mpnet, config));
  GF_ASSIGN(parts.head_module,
            load_encoder_head(head, source, heads_of(source.weights, mpnet, config),
                              {config.shape.d_model, config.d_embedding, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
