// Heads follow transformers' BertForSequenceClassification and its siblings; weights carry their
// names.
#include "families/bert.h"

#include "families/bert_encoder.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"BertModel", Head::kNone},
    {"BertForSequenceClassification", Head::kSequenceClassification},
    {"BertForTokenClassification", Head::kTokenClassification},
    {"BertForQuestionAnswering", Head::kQuestionAnswering},
    {"BertForMaskedLM", Head::kMaskedLm},
};

HeadResult load_head(Head head, const ModelSource& source, const WeightScope& bert,
                     const BertEncoderConfig& config) {
  const size_t d_model = config.shape.d_model;
  const size_t n_labels = source.config.labels.size();
  const WeightScope& root = source.weights;
  switch (head) {
    case Head::kSequenceClassification:
      return load_first_token_head(
          {bert.scope("pooler.dense"), Activation::kTanh, root.scope("classifier")}, d_model,
          n_labels);
    case Head::kTokenClassification:
      return load_token_head(root.scope("classifier"), d_model, n_labels);
    case Head::kQuestionAnswering:
      return load_token_head(root.scope("qa_outputs"), d_model, n_labels);
    case Head::kMaskedLm: {
      const WeightScope transform = root.scope("cls.predictions.transform");
      return load_masked_lm_head(
          {transform.scope("dense"), config.activation, transform.scope("LayerNorm"),
           config.layer_norm_eps, bert.scope("embeddings.word_embeddings"), "cls.predictions.bias"},
          root, {d_model, d_model, config.shape.vocab_size});
    }
    default:
      return nullptr;
  }
}

}  // namespace

ModelResult load_bert(const ModelSource& source) {
  GF_ASSIGN(const BertEncoderConfig config, read_bert_encoder_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope bert = source.body("bert", "embeddings.word_embeddings.weight");
  StackModelParts parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(bert, config));
  GF_ASSIGN(parts.head_module, load_head(head, source, bert, config));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
