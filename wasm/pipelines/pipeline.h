// What every pipeline takes and gives, and the steps that they share.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/request_options.h"
#include "families/model.h"
#include "formats/config.h"
#include "text/tokenizer.h"
#include "trace/recorder.h"

namespace glassformer {

struct PipelineModel {
  const Tokenizer& tokenizer;
  const Model& model;
  const ModelConfig& config;
};

struct TextInput {
  std::string_view text;
  std::optional<std::string_view> pair;
};

/// Arrays that a task gives besides its answer, by name.
using NamedTensors = std::map<std::string, TraceTensor, std::less<>>;

/// A pipeline's answer, and the tokens that the traced forward pass was computed from.
struct PipelineOutput {
  std::string json;
  Encoding encoding;
  NamedTensors tensors = {};
};

/// A pipeline reads its options and refuses those that it does not know before it computes. It
/// gives an output for each text; a tracer that is watching, and interventions, are for one alone.
using PipelineFunction = Result<std::vector<PipelineOutput>> (*)(const PipelineModel&,
                                                                 std::span<const TextInput>,
                                                                 RequestOptions&, ForwardContext&);

/// Tokens for the model: special tokens added, cut to the positions it has.
Result<Encoding> encode_for_model(const PipelineModel& model, const TextInput& input);

/// The encoding as this model takes it, checked; a view. The context's interventions must fit it.
Result<TokenInput> model_input(const PipelineModel& model, const Encoding& encoding,
                               const ForwardContext& context);

/// What a pass has of one of its texts. The views end with the call that gets them.
struct TextPass {
  size_t text;       // its index
  Matrix logits;     // its own; empty for a model without head
  size_t first_row;  // where its hidden states begin among the pass's, [n_tokens, d_model]
  size_t n_tokens;
};

/// Forward passes over texts, of which short ones share a pass: `read` sees each, in order.
using ReadPass = std::function<Result<void>(const TextPass&)>;
Result<void> forward_texts(const PipelineModel& model, std::span<const TokenInput> texts,
                           ForwardContext& context, const ReadPass& read);

/// What most tasks do: each text encoded and passed through the model; `answer` adds to its output,
/// which has the encoding.
using AnswerText = std::function<Result<void>(const TextPass&, PipelineOutput&)>;
Result<std::vector<PipelineOutput>> answer_texts(const PipelineModel& model,
                                                 std::span<const TextInput> inputs,
                                                 ForwardContext& context, const AnswerText& answer);

/// kInvalidArgument when a task that reads one text at a time was given a pair.
Result<void> require_single_texts(std::string_view task, std::span<const TextInput> inputs);

/// The id of the first of these tokens that the vocabulary has.
std::optional<int32_t> find_any(const Tokenizer& tokenizer,
                                std::span<const std::string_view> tokens);

/// kUnsupported unless the model has this head: "<task> needs a model with <head_name>, got ...".
struct NeededHead {
  Head head;
  std::string_view name;  // "a classification head"
};
Result<void> require_head(const PipelineModel& model, std::string_view task,
                          const NeededHead& needed);

}  // namespace glassformer
