// A model in memory, and what is known of it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/buffer.h"
#include "decoding/generation_options.h"
#include "families/family.h"
#include "formats/weight_store.h"
#include "text/tokenizer.h"

namespace glassformer {

/// The files of a model folder by name.
using ModelFiles = std::map<std::string, Buffer, std::less<>>;

struct LoadOptions {
  /// How matrices are kept: "fp32"; "fp16": half floats; "q8": int8 per output channel; "auto": as
  /// the file has them, or q8 where that would be more than 64 MB of floats.
  std::string dtype = "auto";
};

struct ModelInfo {
  std::string family;  // model_type
  std::string task;    // "text-classification", "question-answering", ...
  ModelShape shape;
  std::vector<std::string> labels;
  WeightCounts weights;
  std::map<std::string, size_t>
      file_bytes;  // of the weights, by dtype as stored: {"F32": .., "I8": ..}
};

struct LoadedModel {
  ModelConfig config;
  WeightStore weights;
  std::unique_ptr<Model> model;
  ModelInfo info;
  GenerationOptions generation;  // what the model asks for, where it is generative
};

/// The contents of a file as text; kNotFound names it.
Result<std::string_view> file_text(const ModelFiles& files, std::string_view name);

/// From whichever of its files there are (Tokenizer::from_files).
Result<Tokenizer> load_tokenizer(const ModelFiles& files);

/// Whether the tokeniser can only give ids that the model has.
Result<void> check_vocabulary(size_t tokens, const ModelShape& shape);

/// The pipeline that a head is for, by its name on the Hub.
std::string_view task_of(Head head);

}  // namespace glassformer
