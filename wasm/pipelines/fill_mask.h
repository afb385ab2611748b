// Fill-mask: the likeliest tokens for every [MASK] of a text, as transformers' FillMaskPipeline.
#pragma once

#include <string>
#include <vector>

#include "pipelines/pipeline.h"

namespace glassformer {

struct FillMaskOptions {
  size_t top_k = 5;
  std::vector<std::string> targets;  // only these tokens are scored; empty: all
};

struct Filling {
  float score;  // 0 to 1, over the whole vocabulary
  int32_t token;
  std::string token_text;
  std::string sequence;  // the text with the token in place; with several masks special tokens show
};

/// For every mask in order, the top_k fillings, best first. A target that is no token counts as
/// its first. kInvalidArgument for a text without a mask; `encoding` is the text's.
Result<std::vector<std::vector<Filling>>> fill_masks(const PipelineModel& model,
                                                     const Encoding& encoding,
                                                     const FillMaskOptions& options,
                                                     ForwardContext& context);

/// [{"score","token","token_str","sequence"}, ...]; of several masks an array of such arrays.
/// Options: top_k (5), targets.
Result<PipelineOutput> run_fill_mask(const PipelineModel& model, const TextInput& input,
                                     RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
