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

EncoderHeads heads_of(const WeightScope& root, const WeightScope& bert,
                      const BertEncoderConfig& config) {
  return {{bert.scope("pooler.dense"), Activation::kTanh, root.scope("classifier")},
          {root.scope("cls.predictions.transform.dense"), config.layer.activation,
           root.scope("cls.predictions.transform.LayerNorm"), config.layer.layer_norm_eps,
           bert.scope("embeddings.word_embeddings"), "cls.predictions.bias"}};
}

}  // namespace

ModelResult load_bert(const ModelSource& source) {
  GF_ASSIGN(const BertEncoderConfig config, read_bert_encoder_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope bert = source.body("bert", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(bert, config));
  GF_ASSIGN(parts.head_module,
            load_encoder_head(head, source, heads_of(source.weights, bert, config),
                              {config.shape.d_model, config.d_embedding, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
