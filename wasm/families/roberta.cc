// Heads follow transformers' RobertaForSequenceClassification and its siblings; weights carry their
// names.
#include "families/roberta.h"

#include "families/bert_encoder.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"RobertaModel", Head::kNone},
    {"RobertaForSequenceClassification", Head::kSequenceClassification},
    {"RobertaForTokenClassification", Head::kTokenClassification},
    {"RobertaForQuestionAnswering", Head::kQuestionAnswering},
    {"RobertaForMaskedLM", Head::kMaskedLm},
    {"CamembertModel", Head::kNone},
    {"CamembertForSequenceClassification", Head::kSequenceClassification},
    {"CamembertForTokenClassification", Head::kTokenClassification},
    {"CamembertForQuestionAnswering", Head::kQuestionAnswering},
    {"CamembertForMaskedLM", Head::kMaskedLm},
    {"XLMRobertaModel", Head::kNone},
    {"XLMRobertaForSequenceClassification", Head::kSequenceClassification},
    {"XLMRobertaForTokenClassification", Head::kTokenClassification},
    {"XLMRobertaForQuestionAnswering", Head::kQuestionAnswering},
    {"XLMRobertaForMaskedLM", Head::kMaskedLm},
};

Result<BertEncoderConfig> read_config(const ConfigFields& fields) {
  constexpr size_t kDefaultPaddingId = 1;
  GF_ASSIGN(BertEncoderConfig config, read_bert_encoder_config(fields));
  GF_ASSIGN(const size_t padding_id, fields.index_or("pad_token_id", kDefaultPaddingId));
  if (padding_id + 1 >= config.position_rows) {
    return fail(ErrorCode::kInvalidFormat,
                "config.json: no position is left after 'pad_token_id' = ", padding_id, " of ",
                config.position_rows);
  }
  config.positions = Positions::kAfterPadding;
  config.padding_id = static_cast<int32_t>(padding_id);
  config.shape.max_positions = config.position_rows - padding_id - 1;
  return config;
}

EncoderHeads heads_of(const WeightScope& root, const WeightScope& roberta,
                      const BertEncoderConfig& config) {
  return {
      {root.scope("classifier.dense"), Activation::kTanh, root.scope("classifier.out_proj")},
      {root.scope("lm_head.dense"), Activation::kGelu, root.scope("lm_head.layer_norm"),
       config.layer.layer_norm_eps, roberta.scope("embeddings.word_embeddings"), "lm_head.bias"}};
}

}  // namespace

ModelResult load_roberta(const ModelSource& source) {
  GF_ASSIGN(const BertEncoderConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  const WeightScope roberta = source.body("roberta", "embeddings.word_embeddings.weight");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(roberta, config));
  GF_ASSIGN(parts.head_module,
            load_encoder_head(head, source, heads_of(source.weights, roberta, config),
                              {config.shape.d_model, config.d_embedding, config.shape.vocab_size}));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
