// Heads follow transformers' ElectraForSequenceClassification and its siblings; weights carry their
// names.
#include "families/electra.h"

#include "families/bert_encoder.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"ElectraModel", Head::kNone},
    {"ElectraForSequenceClassification", Head::kSequenceClassification},
    {"ElectraForTokenClassification", Head::kTokenClassification},
    {"ElectraForQuestionAnswering", Head::kQuestionAnswering},
    {"ElectraForMaskedLM", Head::kMaskedLm},
};

EncoderHeads heads_of(const WeightScope& root, const WeightScope& electra,
                      const BertEncoderConfig& config) {
  return {{root.scope("classifier.dense"), Activation::kGelu, root.scope("classifier.out_proj")},
          {root.scope("generator_predictions.dense"), Activation::kGelu,
           root.scope("generator_predictions.LayerNorm"), config.layer.layer_norm_eps,
           electra.scope("embeddings.word_embeddings"), "generator_lm_head.bias"}};
}

}  // namespace

ModelResult load_electra(const ModelSource& source) {
  GF_ASSIGN(BertEncoderConfig config, read_bert_encoder_config(source.fields));
  GF_ASSIGN(config.d_embedding, source.fields.size_or("embedding_size", config.shape.d_model));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope electra = source.body("electra", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(electra, config));
  GF_ASSIGN(parts.head_module,
            load_encoder_head(head, source, heads_of(source.weights, electra, config),
                              {config.shape.d_model, config.d_embedding, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
