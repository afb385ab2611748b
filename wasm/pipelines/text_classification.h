// Text classification: a text (or a pair of texts) to scored labels, as transformers'
// TextClassificationPipeline.
#pragma once

#include <string>
#include <vector>

#include "pipelines/pipeline.h"

namespace glassformer {

struct LabelScore {
  std::string label;
  float score = 0;  // 0 to 1
};

/// Scores of all labels, best first: softmax over the logits, or a sigmoid each where the config
/// says multi-label or has one label only. `encoding` is the text's, from encode_for_model.
Result<std::vector<LabelScore>> classify(const PipelineModel& model, const Encoding& encoding,
                                         ForwardContext& context);

/// [{"label","score"}, ...], best first. Option: top_k, how many (1; null for all).
Result<PipelineOutput> run_text_classification(const PipelineModel& model, const TextInput& input,
                                               RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
