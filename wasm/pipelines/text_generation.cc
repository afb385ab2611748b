#include "pipelines/text_generation.h"

namespace glassformer {

Result<GenerationText> read_prompt(const PipelineModel& model, const GenerationOptions& options,
                                   std::string_view text) {
  GF_ASSIGN(Encoding encoding, model.tokenizer.encode(text, std::nullopt, EncodeOptions{}));
  if (encoding.ids.empty()) {
    if (!options.bos_token_id) {
      return fail(ErrorCode::kInvalidArgument,
                  "text-generation: expected a prompt, got an empty one, and the model has no "
                  "token to begin with");
    }
    encoding.ids.push_back(*options.bos_token_id);
    encoding.type_ids.push_back(0);
    encoding.tokens.emplace_back(model.tokenizer.token(*options.bos_token_id));
    encoding.offsets.push_back({0, 0});
    encoding.special.push_back(1);
    encoding.sequence_ids.push_back(-1);
    encoding.word_ids.push_back(-1);
  }
  GenerationInput input{{}, encoding.ids};
  return GenerationText{std::move(encoding), std::move(input)};
}

}  // namespace glassformer
