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

HeadResult load_head(Head head, const ModelSource& source, const WeightScope& electra,
                     const BertEncoderConfig& config) {
  const size_t d_model = config.shape.d_model;
  const size_t n_labels = source.config.labels.size();
  const WeightScope& root = source.weights;
  switch (head) {
    case Head::kSequenceClassification:
      return load_first_token_head(
          {root.scope("classifier.dense"), Activation::kGelu, root.scope("classifier.out_proj")},
          d_model, n_labels);
    case Head::kTokenClassification:
      return load_token_head(root.scope("classifier"), d_model, n_labels);
    case Head::kQuestionAnswering:
      return load_token_head(root.scope("qa_outputs"), d_model, n_labels);
    case Head::kMaskedLm: {
      const WeightScope predictions = root.scope("generator_predictions");
      return load_masked_lm_head(
          {predictions.scope("dense"), Activation::kGelu, predictions.scope("LayerNorm"),
           config.layer_norm_eps, electra.scope("embeddings.word_embeddings"),
           "generator_lm_head.bias"},
          root, {d_model, config.d_embedding, config.shape.vocab_size});
    }
    default:
      return nullptr;
  }
}

}  // namespace

ModelResult load_electra(const ModelSource& source) {
  GF_ASSIGN(BertEncoderConfig config, read_bert_encoder_config(source.fields));
  GF_ASSIGN(config.d_embedding, source.fields.size_or("embedding_size", config.shape.d_model));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope electra = source.body("electra", "embeddings.word_embeddings.weight");
  StackModelParts parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(electra, config));
  GF_ASSIGN(parts.head_module, load_head(head, source, electra, config));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
