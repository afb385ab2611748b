#include "families/dpr.h"

#include "families/bert_encoder.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"DPRQuestionEncoder", Head::kNone},
    {"DPRContextEncoder", Head::kNone},
};

}  // namespace

ModelResult load_dpr(const ModelSource& source) {
  GF_ASSIGN(const BertEncoderConfig config, read_bert_encoder_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  GF_ASSIGN(const size_t projection, source.fields.index_or("projection_dim", 0));
  if (projection != 0) {
    return fail(ErrorCode::kUnsupported, "config.json: 'projection_dim' = ", projection,
                " is not supported");
  }
  const bool question =
      source.weights.contains("question_encoder.bert_model.embeddings.word_embeddings.weight");
  const WeightScope bert =
      source.weights.scope(question ? "question_encoder.bert_model" : "ctx_encoder.bert_model");
  StackModelParts<Stack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.stack, load_bert_encoder(bert, config));
  return make_stack_model(std::move(parts));
}

}  // namespace glassformer
