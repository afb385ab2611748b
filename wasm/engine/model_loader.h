// From the files of a model folder to a model that can run, with the weights in pieces as they
// come: begin() with the small files, then each file of weights from its first byte to its last,
// then finish().
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "engine/loaded_model.h"
#include "formats/safetensors_reader.h"
#include "formats/shard_index.h"

namespace glassformer {

inline constexpr std::string_view kWeightsFile = "model.safetensors";
inline constexpr std::string_view kShardIndexFile = "model.safetensors.index.json";

class ModelLoader final : private TensorSink {
 public:
  /// Reads config.json, generation_config.json and, where the weights are in shards, their index.
  /// `vocabulary` is how many tokens the tokeniser has.
  static Result<std::unique_ptr<ModelLoader>> begin(const ModelFiles& files,
                                                    const LoadOptions& options, size_t vocabulary);

  /// The files that have to come, in any order.
  const std::vector<std::string>& weight_files() const { return weight_files_; }

  /// The bytes that are fed from now on are those of this file; `bytes` is its size where that is
  /// known.
  Result<void> open_weights(const std::string& name, std::optional<size_t> bytes);
  Result<void> feed(std::span<const std::byte> bytes);

  /// The weights from files that are in memory, which are freed; a missing one is for finish() to
  /// name.
  Result<void> feed_files(ModelFiles& files);

  /// The model, if everything has come. The loader is not to be used again.
  Result<std::unique_ptr<LoadedModel>> finish();

 private:
  ModelLoader(ModelConfig config, JsonDocument document, size_t vocabulary)
      : config_(std::move(config)), document_(std::move(document)), vocabulary_(vocabulary) {}

  Result<void> begin_file(const std::string& file, std::span<const TensorInfo> tensors) override;
  Result<void> write(const TensorInfo& tensor, std::span<const std::byte> bytes) override;

  Result<void> read_optional_files(const ModelFiles& files);
  Result<void> plan(TensorNames names, std::optional<uint64_t> float_bytes);
  ModelResult load_from(WeightSource& weights) const;
  Result<void> close_file();
  Result<void> check_complete() const;

  ModelConfig config_;
  JsonDocument document_;  // config.json
  /// The file that says how the model generates: as in transformers, generation_config.json alone
  /// where there is one, else config.json.
  std::string generation_file_;
  std::string generation_text_;
  GenerationOptions generation_;
  std::optional<ShardIndex> index_;
  size_t vocabulary_;
  std::optional<WeightStorage> storage_;  // nothing: "auto"
  std::vector<std::string> weight_files_;
  std::set<std::string> opened_;
  std::optional<SafetensorsReader> reader_;  // of the file that is open
  std::optional<WeightStore> store_;         // once the tensors' names are known
  std::map<std::string, size_t> file_bytes_;
  uint64_t total_bytes_ = 0;
};

/// A model from files that are in memory, those of weights included; nothing is asked of a
/// tokeniser.
Result<std::unique_ptr<LoadedModel>> load_model_files(ModelFiles& files,
                                                      const LoadOptions& options);

}  // namespace glassformer
