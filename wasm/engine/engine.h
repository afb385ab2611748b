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
#include "engine/model_loader.h"
#include "pipelines/generation.h"
#include "pipelines/pipeline.h"
#include "trace/interventions.h"
#include "trace/recorder.h"

namespace glassformer {

using ModelHandle = int;

struct RunText {
  std::string text;
  std::optional<std::string> pair;
};

struct RunRequest {
  std::string task;  // "text-classification" or its other name "sentiment-analysis", ...
  std::vector<RunText> texts;
  /// A JSON object with names as in Hugging Face: those of the task (see its pipeline), and those
  /// of every task (engine/trace_options.h). Empty for none.
  std::string options;
};

/// What a run gives for a text: the task's answer, the tokens it was computed from, and what was
/// traced.
struct RunOutput {
  std::string json;
  Encoding encoding;
  NamedTensors tensors;  // the task's own, where its options ask for them
  Recorder trace;
};

struct ForwardOutput {
  TraceTensor logits;  // [1, n_labels]; empty for a model without head
  Recorder trace;
};

struct GenerationRequest {
  std::string task;                // "translation", "text-generation", ...
  std::vector<std::string> texts;  // generated from together, in one batch
  /// As in RunRequest, without those for traces. What changes a forward pass changes all of them.
  std::string options;
};

/// A generation under way: given to step() until it is finished. Dropping it is stopping it.
struct Generation {
  ModelHandle model;
  std::unique_ptr<GenerationPipeline> pipeline;
  Interventions changes;

  const Interventions* interventions() const;  // null: nothing is changed
};

class Engine {
 public:
  /// Threads for the passes from now on, there for as long as any is made. Answers are the same
  /// without.
  void use(ThreadPool& threads) { workspace_.use(threads); }

  /// A new, empty model to put files into.
  ModelHandle open_model();

  /// Room for a file of the model ("config.json", "tokenizer.json", ...), to be filled by the
  /// caller before begin_load.
  Result<std::span<std::byte>> allocate_file(ModelHandle handle, std::string name, size_t bytes);

  /// Reads, checks and frees the files but those of weights, and says which of the latter have to
  /// come now.
  Result<std::vector<std::string>> begin_load(ModelHandle handle, const LoadOptions& options);

  /// Room for a piece of a file of weights, which is `bytes` long where that is known. To be filled
  /// and fed again and again, from the file's first byte to its last.
  Result<std::span<std::byte>> open_weights(ModelHandle handle, const std::string& name,
                                            std::optional<size_t> bytes);

  /// Reads the first `count` bytes of the room.
  Result<void> feed_weights(ModelHandle handle, size_t count);

  /// Nothing of the model runs before this.
  Result<ModelInfo> finish_load(ModelHandle handle);

  /// All of these for a model whose files of weights were put into memory as the others.
  Result<ModelInfo> load_model(ModelHandle handle, const LoadOptions& options);

  /// Frees a model, loaded or not; an unknown handle is ignored.
  void close_model(ModelHandle handle);

  /// A task on texts of any length and content: an output for each. Short ones share forward
  /// passes, unless something is traced or changed. An option that the task does not know is
  /// kUnsupported, a value that makes no sense kInvalidArgument.
  Result<std::vector<RunOutput>> run(ModelHandle handle, const RunRequest& request);

  /// Whether a task is one for start(), not run().
  static bool generates(std::string_view task);

  /// Reads the request; the first step computes. Options as for run().
  Result<Generation> start(ModelHandle handle, const GenerationRequest& request);

  /// One token more for every sequence under way, and what was chosen, as JSON
  /// (GenerationPipeline::step). kInvalidArgument once it is finished or its model closed.
  Result<std::string> step(Generation& generation);

  /// The finished sequences (GenerationPipeline::output).
  Result<std::string> output(const Generation& generation);

  /// The tokens of a finished sequence (GenerationPipeline::sequence_tokens).
  Result<Encoding> sequence_tokens(const Generation& generation, size_t text, size_t sequence);

  /// The traces of one finished sequence (0: the best) of a text: one full forward pass.
  Result<Recorder> trace(const Generation& generation, size_t text, size_t sequence,
                         RecorderOptions options);

  /// The tokens of a text, not cut; needs the tokeniser's files only, loaded or not.
  Result<Encoding> tokenize(ModelHandle handle, const TextInput& input);

  /// The bare forward pass over ids, everything traced.
  Result<ForwardOutput> forward(ModelHandle handle, const TokenInput& input);

 private:
  struct Entry {
    ModelFiles files;
    std::optional<Tokenizer> tokenizer;
    std::unique_ptr<ModelLoader> loader;  // from begin_load to finish_load
    Buffer piece;                         // the room for weights, for as long
    std::unique_ptr<LoadedModel> loaded;
  };

  Result<Entry*> find(ModelHandle handle);
  Result<Entry*> find_loading(ModelHandle handle);
  Result<Entry*> find_loaded(ModelHandle handle);

  std::map<ModelHandle, Entry> models_;
  ModelHandle next_handle_ = 1;
  Workspace workspace_;
};

}  // namespace glassformer
