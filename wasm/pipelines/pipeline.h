// What every pipeline takes and gives, and the steps that they share.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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

/// A pipeline reads its options and refuses those that it does not know before it computes.
using PipelineFunction = Result<PipelineOutput> (*)(const PipelineModel&, const TextInput&,
                                                    RequestOptions&, ForwardContext&);

/// Tokens for the model: special tokens added, cut to the positions it has.
Result<Encoding> encode_for_model(const PipelineModel& model, const TextInput& input);

/// The encoding as this model takes it, checked; a view. The context's interventions must fit it.
Result<TokenInput> model_input(const PipelineModel& model, const Encoding& encoding,
                               const ForwardContext& context);

/// kInvalidArgument when a task that reads one text was given two.
Result<void> require_one_text(std::string_view task, const TextInput& input);

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
