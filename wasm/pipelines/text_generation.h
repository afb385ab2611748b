// Text generation: a decoder goes on with the text it is given.
#pragma once

#include "pipelines/generation.h"

namespace glassformer {

/// The text is the prompt; an empty one becomes the model's beginning-of-text token, and is
/// kInvalidArgument where there is none.
Result<GenerationText> read_prompt(const PipelineModel& model, const GenerationOptions& options,
                                   std::string_view text);

inline constexpr GenerationTask kTextGeneration{
    "text-generation",       "generated_text", {Head::kCausalLm, "a decoder alone"}, read_prompt,
    /*continues_text=*/true,
};

}  // namespace glassformer
