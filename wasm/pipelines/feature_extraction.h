// Feature extraction: a text as vectors, the last hidden states of an encoder, as transformers'
// FeatureExtractionPipeline; or one vector for the text, as sentence encoders are used.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

enum class Pooling {
  kNone,  // a vector for each token
  kMean,  // their mean, special tokens included
  kCls,   // that of the first token
};

struct FeatureOptions {
  Pooling pooling = Pooling::kNone;
  bool normalize = false;  // every vector to length 1
};

/// [1, n_tokens, d_model], or [1, d_model] when pooled. The head that a model may have is not
/// looked at. `encoding` is the text's.
Result<TraceTensor> extract_features(const PipelineModel& model, const Encoding& encoding,
                                     const FeatureOptions& options, ForwardContext& context);

/// {"dims":[...]}, and the tensor "features". Options: pooling ("none", "mean" or "cls"),
/// normalize.
Result<PipelineOutput> run_feature_extraction(const PipelineModel& model, const TextInput& input,
                                              RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
