// Text classification: a text (or a pair of texts) to scored labels, as transformers'
// TextClassificationPipeline.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "families/model.h"
#include "formats/config.h"
#include "text/tokenizer.h"

namespace glassformer {

/// What every pipeline works with.
struct PipelineModel {
  const Tokenizer& tokenizer;
  const Model& model;
  const ModelConfig& config;
};

struct TextInput {
  std::string_view text;
  std::optional<std::string_view> pair;
};

struct LabelScore {
  std::string label;
  float score = 0;  // 0 to 1
};

/// Tokens for the model: special tokens added, cut to the positions it has.
Result<Encoding> encode_for_model(const PipelineModel& model, const TextInput& input);

/// Scores of all labels, best first: softmax over the logits, or a sigmoid each where the config
/// says multi-label or has one label only. `encoding` is the text's, from encode_for_model.
Result<std::vector<LabelScore>> classify(const PipelineModel& model, const Encoding& encoding,
                                         ForwardContext& context);

}  // namespace glassformer
