#include "pipelines/translation.h"

namespace glassformer {

Result<GenerationText> read_source_text(const PipelineModel& model,
                                        const GenerationOptions& options, std::string_view text) {
  if (!options.decoder_start_token_id) {
    return fail(ErrorCode::kInvalidFormat,
                "generation_config.json: field 'decoder_start_token_id' is missing");
  }
  GF_ASSIGN(Encoding encoding, encode_for_model(model, {text, std::nullopt}));
  GenerationInput input{encoding.ids, {*options.decoder_start_token_id}};
  return GenerationText{std::move(encoding), std::move(input)};
}

}  // namespace glassformer
