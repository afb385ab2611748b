// Text classification: a text (or a pair of texts) to scored labels, as transformers'
// TextClassificationPipeline.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

/// [{"label","score"}, ...] for each text, best first: softmax over the logits, or a sigmoid each
/// where the config says multi-label or has one label only. Option: top_k, how many (1; null for
/// all).
Result<std::vector<PipelineOutput>> run_text_classification(const PipelineModel& model,
                                                            std::span<const TextInput> inputs,
                                                            RequestOptions& options,
                                                            ForwardContext& context);

}  // namespace glassformer
