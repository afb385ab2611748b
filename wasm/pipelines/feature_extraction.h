// Feature extraction: a text as vectors, the last hidden states of an encoder, as transformers'
// FeatureExtractionPipeline; or one vector for the text, as sentence encoders are used.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

/// {"dims":[...]} for each text, and the tensor "features": [1, n_tokens, d_model], or [1, d_model]
/// when pooled. The head that a model may have is not looked at. Options: pooling ("none", "mean"
/// over all tokens, special ones included, or "cls": the first), normalize (every vector to length
/// 1).
Result<std::vector<PipelineOutput>> run_feature_extraction(const PipelineModel& model,
                                                           std::span<const TextInput> inputs,
                                                           RequestOptions& options,
                                                           ForwardContext& context);

}  // namespace glassformer
