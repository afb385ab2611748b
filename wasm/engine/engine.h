// The facade: everything that bindings and the command line do, they do through this. Models are
// named by handles; all input, file contents included, is checked here or below.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/workspace.h"
#include "engine/loaded_model.h"
#include "pipelines/text_classification.h"
#include "trace/recorder.h"

namespace glassformer {

using ModelHandle = int;

struct RunRequest {
  std::string task;  // "text-classification" or its other name "sentiment-analysis"
  std::string text;
  std::optional<std::string> text_pair;
  size_t top_k = 1;  // how many labels; 0 for all
  RecorderOptions trace;
};

/// What a run gives: typed output, the tokens it was computed from, and what was traced.
struct RunOutput {
  std::vector<LabelScore> labels;  // best first
  Encoding encoding;
  Recorder trace;
};

struct ForwardOutput {
  TraceTensor logits;  // [1, n_labels]; empty for a model without head
  Recorder trace;
};

class Engine {
 public:
  /// A new, empty model to put files into.
  ModelHandle open_model();

  /// Room for a file of the model ("config.json", "model.safetensors", ...), to be filled by the
  /// caller before load_model.
  Result<std::span<std::byte>> allocate_file(ModelHandle handle, std::string name, size_t bytes);

  /// Reads and checks the files; the small ones are freed.
  Result<ModelInfo> load_model(ModelHandle handle, const LoadOptions& options);

  /// Frees a model, loaded or not; an unknown handle is ignored.
  void close_model(ModelHandle handle);

  /// A task on a text of any length and content; tokens beyond the model's positions are cut off
  /// and counted.
  Result<RunOutput> run(ModelHandle handle, const RunRequest& request);

  /// The tokens of a text, not cut; needs the tokeniser's files only, loaded or not.
  Result<Encoding> tokenize(ModelHandle handle, const TextInput& input);

  /// The bare forward pass over ids, everything traced.
  Result<ForwardOutput> forward(ModelHandle handle, const TokenInput& input);

 private:
  struct Entry {
    ModelFiles files;
    std::optional<Tokenizer> tokenizer;
    std::unique_ptr<LoadedModel> loaded;
  };

  Result<Entry*> find(ModelHandle handle);
  Result<Entry*> find_loaded(ModelHandle handle);

  std::map<ModelHandle, Entry> models_;
  ModelHandle next_handle_ = 1;
  Workspace workspace_;
};

}  // namespace glassformer
