// Texts to texts by generation: what translation, summarisation and text generation have in common.
// Texts are tokenised, their continuations or translations searched for step by step, and every
// step tells what it did.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "decoding/token_generation.h"
#include "pipelines/pipeline.h"

namespace glassformer {

/// A text as the model reads it, and what generation begins with.
struct GenerationText {
  Encoding encoding;
  GenerationInput input;
};

struct GenerationTask {
  std::string_view name;          // "translation"
  std::string_view result_field;  // "translation_text"
  NeededHead head;
  /// How a text becomes the model's input.
  Result<GenerationText> (*read)(const PipelineModel&, const GenerationOptions&, std::string_view);
  /// The generated text goes on with the one given, and follows it in the result.
  bool continues_text = false;
};

/// A model and how it wants to be used for generation.
struct GenerativeModel {
  PipelineModel model;
  const GenerationOptions& defaults;
};

class GenerationPipeline {
 public:
  /// Reads the options and the texts; computes nothing yet. The options are those of
  /// read_generation_request, stop_strings, and return_full_text where the task continues texts.
  static Result<std::unique_ptr<GenerationPipeline>> start(const GenerativeModel& model,
                                                           const GenerationTask& task,
                                                           std::span<const std::string> texts,
                                                           RequestOptions& request);

  /// Whether these can be applied to every text; an Error names the first that they do not fit.
  Result<void> check(const Interventions& interventions) const;

  bool is_finished() const { return generation_->is_finished(); }

  /// One step of the generation, and what it did, as JSON: {"step": 0, "texts": [{"index",
  /// "finished", "hypotheses": [{"parent", "id", "token", "text", "log_probability", "score",
  /// "finished"}], "candidates": [[{"id", "token", "probability"}]]}]}. There is an entry for every
  /// text that was running; a step that only reads a source has none. "parent" and the rows of
  /// "candidates" count the unfinished hypotheses of the step before; "text" is all that was
  /// generated so far.
  std::string step(ForwardContext& context);

  /// [{result_field, "score", "token_ids"}] for one text, an array of these for several. A text
  /// that is not finished has none.
  std::string output() const;

  size_t n_texts() const { return texts_.size(); }

  /// The tokens of a text as the model read them.
  const Encoding& tokens(size_t text) const { return texts_[text].encoding; }

  /// The tokens of a finished sequence, with the prompt; their offsets are those in the generated
  /// text. kInvalidArgument where there is no such sequence.
  Result<Encoding> sequence_tokens(size_t text, size_t sequence) const;

  /// What a full forward pass over a finished sequence takes; a view.
  Result<TokenInput> full_input(size_t text, const Encoding& sequence) const;

 private:
  GenerationPipeline(const PipelineModel& model, const GenerationTask& task)
      : model_(model), task_(task) {}

  Result<void> read_options(const GenerationOptions& defaults, RequestOptions& request);
  Result<const Hypothesis*> find(size_t text, size_t sequence) const;
  std::string generated_text(size_t text, std::span<const int32_t> ids) const;
  std::string step_json(const TextStep& step) const;
  std::string choice_json(const Choice& choice, size_t text) const;
  std::string candidate_json(const Candidate& candidate) const;
  std::string result_json(const Hypothesis& result, size_t text) const;
  std::string results_json(size_t text) const;

  PipelineModel model_;
  const GenerationTask& task_;
  GenerationOptions options_;
  bool returns_full_text_ = false;
  std::vector<std::string> given_;  // the texts themselves
  std::vector<GenerationText> texts_;
  std::unique_ptr<TokenGeneration> generation_;  // refers to options_
  size_t n_steps_ = 0;
};

}  // namespace glassformer
