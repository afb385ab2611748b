// Token classification (named entities, parts of speech): labels for stretches of a text, as
// transformers' TokenClassificationPipeline, with the reference's ways to make words of tokens.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

/// [{"entity","score","index","word","start","end"}, ...] for each text, in its order; aggregated,
/// "entity_group" instead of "entity" and no "index". Words are those of the tokeniser. Options:
/// aggregation_strategy ("none", "simple", "first", "average", "max"), ignore_labels (["O"]).
Result<std::vector<PipelineOutput>> run_token_classification(const PipelineModel& model,
                                                             std::span<const TextInput> inputs,
                                                             RequestOptions& options,
                                                             ForwardContext& context);

}  // namespace glassformer
