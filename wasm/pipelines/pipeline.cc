#include "pipelines/pipeline.h"

#include <algorithm>

#include "pipelines/interventions.h"

namespace glassformer {

Result<Encoding> encode_for_model(const PipelineModel& model, const TextInput& input) {
  EncodeOptions options;
  options.max_length = model.model.shape().max_positions;
  return model.tokenizer.encode(input.text, input.pair, options);
}

Result<TokenInput> model_input(const PipelineModel& model, const Encoding& encoding,
                               const ForwardContext& context) {
  const ModelShape& shape = model.model.shape();
  TokenInput input{encoding.ids};
  if (shape.type_vocab_size > 0) input.type_ids = encoding.type_ids;
  GF_TRY(check_input(input, shape));
  if (context.interventions) GF_TRY(check_interventions(*context.interventions, encoding.size()));
  return input;
}

Result<void> forward_texts(const PipelineModel& model, std::span<const TokenInput> texts,
                           ForwardContext& context, const ReadPass& read) {
  const bool has_rows = model.model.head() != Head::kNone;
  const bool is_one_row = model.model.head() == Head::kSequenceClassification;
  for (size_t begin = 0, count = 0; begin < texts.size(); begin += count) {
    count = texts_in_pass(texts.subspan(begin));
    const Workspace::Scope scope(context.workspace);
    const TokenInput pass = pack_texts(texts.subspan(begin, count), context.workspace);
    const Matrix logits = model.model.forward(pass, context);
    for (size_t i = 0, first = 0; i < count; ++i) {
      const size_t n_tokens = texts[begin + i].ids.size();
      const Matrix own = is_one_row ? logits.slice(i, 1)
                         : has_rows ? logits.slice(first, n_tokens)
                                    : Matrix();
      GF_TRY(read({begin + i, own, first, n_tokens}));
      first += n_tokens;
    }
  }
  return {};
}

Result<std::vector<PipelineOutput>> answer_texts(const PipelineModel& model,
                                                 std::span<const TextInput> inputs,
                                                 ForwardContext& context,
                                                 const AnswerText& answer) {
  std::vector<PipelineOutput> outputs(inputs.size());
  std::vector<TokenInput> tokens(inputs.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    GF_ASSIGN(outputs[i].encoding, encode_for_model(model, inputs[i]));
    GF_ASSIGN(tokens[i], model_input(model, outputs[i].encoding, context));
  }
  GF_TRY(forward_texts(model, tokens, context,
                       [&](const TextPass& pass) { return answer(pass, outputs[pass.text]); }));
  return outputs;
}

Result<void> require_single_texts(std::string_view task, std::span<const TextInput> inputs) {
  if (std::ranges::none_of(inputs, [](const TextInput& input) { return input.pair.has_value(); })) {
    return {};
  }
  return fail(ErrorCode::kInvalidArgument, task, ": expected one text, got two");
}

std::optional<int32_t> find_any(const Tokenizer& tokenizer,
                                std::span<const std::string_view> tokens) {
  for (const std::string_view token : tokens) {
    if (const auto id = tokenizer.find(token)) return id;
  }
  return std::nullopt;
}

Result<void> require_head(const PipelineModel& model, std::string_view task,
                          const NeededHead& needed) {
  if (model.model.head() == needed.head) return {};
  const auto& architectures = model.config.architectures;
  return fail(ErrorCode::kUnsupported, task, " needs a model with ", needed.name, ", got ",
              architectures.empty() ? "none" : architectures.front());
}

}  // namespace glassformer
