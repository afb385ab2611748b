// Fill-mask: the likeliest tokens for every [MASK] of a text, as transformers' FillMaskPipeline.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

/// [{"score","token","token_str","sequence"}, ...] for each text, the best fillings first; of
/// several masks an array of such arrays, in order. The score is 0 to 1, over the whole vocabulary.
/// Options: top_k (5), and targets, among which to choose: one that is no token counts as its
/// first. kInvalidArgument for a text without a mask.
Result<std::vector<PipelineOutput>> run_fill_mask(const PipelineModel& model,
                                                  std::span<const TextInput> inputs,
                                                  RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
