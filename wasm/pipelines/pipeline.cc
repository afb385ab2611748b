#include "pipelines/pipeline.h"

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

Result<void> require_one_text(std::string_view task, const TextInput& input) {
  if (!input.pair) return {};
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
