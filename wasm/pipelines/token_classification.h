// Token classification (named entities, parts of speech): labels for stretches of a text, as
// transformers' TokenClassificationPipeline, with the reference's ways to make words of tokens.
#pragma once

#include <string>
#include <vector>

#include "pipelines/pipeline.h"

namespace glassformer {

/// How tokens become entities: not at all; neighbours of one label together; and before that,
/// a word's tokens together, with the scores of its first token, their mean, or the highest.
enum class Aggregation { kNone, kSimple, kFirst, kAverage, kMax };

struct EntityOptions {
  Aggregation aggregation = Aggregation::kNone;
  std::vector<std::string> ignore_labels = {"O"};
};

struct Entity {
  std::string label;
  float score;       // 0 to 1
  size_t index;      // of its (first) token, special ones counted
  std::string word;  // its tokens as text
  uint32_t start;    // half-open in the text, in UTF-16 code units
  uint32_t end;
};

/// In the text's order. Words are those of the tokeniser. `encoding` is the text's.
Result<std::vector<Entity>> find_entities(const PipelineModel& model, const TextInput& input,
                                          const Encoding& encoding, const EntityOptions& options,
                                          ForwardContext& context);

/// [{"entity","score","index","word","start","end"}, ...]; aggregated, "entity_group" instead of
/// "entity" and no "index". Options: aggregation_strategy ("none", "simple", "first", "average",
/// "max"), ignore_labels (["O"]).
Result<PipelineOutput> run_token_classification(const PipelineModel& model, const TextInput& input,
                                                RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
