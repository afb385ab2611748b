// From the files of a model folder to a model that can run.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/buffer.h"
#include "families/family.h"
#include "text/tokenizer.h"

namespace glassformer {

/// The files of a model folder by name.
using ModelFiles = std::map<std::string, Buffer, std::less<>>;

struct LoadOptions {
  /// "auto": as the file has them; "fp32"; "q8": int8 per output channel.
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
};

/// The contents of a file as text; kNotFound names it.
Result<std::string_view> file_text(const ModelFiles& files, std::string_view name);

/// From whichever of its files there are (Tokenizer::from_files).
Result<Tokenizer> load_tokenizer(const ModelFiles& files);

/// From config.json and model.safetensors; takes the latter out of `files`.
Result<std::unique_ptr<LoadedModel>> load_model_files(ModelFiles& files,
                                                      const LoadOptions& options);

/// Whether the tokeniser can only give ids that the model has.
Result<void> check_vocabulary(const Tokenizer& tokenizer, const ModelShape& shape);

}  // namespace glassformer
