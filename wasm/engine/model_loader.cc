#include "engine/model_loader.h"

#include <algorithm>

#include "decoding/generation_config.h"

namespace glassformer {

namespace {

constexpr std::string_view kConfigFile = "config.json";
constexpr std::string_view kGenerationFile = "generation_config.json";

struct NamedStorage {
  std::string_view dtype;
  std::optional<WeightStorage> storage;
};

constexpr NamedStorage kStorages[] = {
    {"auto", std::nullopt},
    {"fp32", WeightStorage::kF32},
    {"fp16", WeightStorage::kF16},
    {"q8", WeightStorage::kInt8},
};

/// Beyond this "auto" quantises: what a phone's tab can hold beside the page.
constexpr uint64_t kMaxFloatBytes = 64'000'000;

Result<std::optional<WeightStorage>> find_storage(std::string_view dtype) {
  std::string known;
  for (const NamedStorage& entry : kStorages) {
    if (entry.dtype == dtype) return entry.storage;
    known += concat(known.empty() ? "" : ", ", entry.dtype);
  }
  return fail(ErrorCode::kInvalidArgument, "dtype '", dtype, "': expected one of ", known);
}

Result<JsonDocument> read_json(const ModelFiles& files, std::string_view name) {
  GF_ASSIGN(const std::string_view text, file_text(files, name));
  GF_ASSIGN(JsonDocument document, JsonDocument::parse(text, std::string(name)));
  if (!document.root().is_object()) return document.root().mismatch(name, "an object");
  return document;
}

uint64_t count_float_bytes(std::span<const TensorInfo> tensors) {
  uint64_t bytes = 0;
  for (const TensorInfo& tensor : tensors) bytes += is_float(tensor.dtype) ? tensor.bytes : 0;
  return bytes;
}

TensorNames names_of(std::span<const TensorInfo> tensors) {
  TensorNames names;
  for (const TensorInfo& tensor : tensors) names.insert(tensor.name);
  return names;
}

}  // namespace

Result<std::unique_ptr<ModelLoader>> ModelLoader::begin(const ModelFiles& files,
                                                        const LoadOptions& options,
                                                        size_t vocabulary) {
  GF_ASSIGN(const std::optional<WeightStorage> storage, find_storage(options.dtype));
  GF_ASSIGN(JsonDocument document, read_json(files, kConfigFile));
  GF_ASSIGN(ModelConfig config, read_model_config(document.root()));
  std::unique_ptr<ModelLoader> loader(
      new ModelLoader(std::move(config), std::move(document), vocabulary));
  loader->storage_ = storage;
  GF_TRY(loader->read_optional_files(files));
  return loader;
}

Result<void> ModelLoader::read_optional_files(const ModelFiles& files) {
  generation_file_ = files.contains(kGenerationFile) ? kGenerationFile : kConfigFile;
  GF_ASSIGN(generation_text_, file_text(files, generation_file_));
  weight_files_ = {std::string(kWeightsFile)};
  if (!files.contains(kShardIndexFile)) return {};
  GF_ASSIGN(const JsonDocument document, read_json(files, kShardIndexFile));
  GF_ASSIGN(index_, read_shard_index(document.root()));
  weight_files_ = index_->files();
  return plan(index_->tensors(), index_->total_bytes);
}

ModelResult ModelLoader::load_from(WeightSource& weights) const {
  return load_model({config_, ConfigFields(document_.root()), WeightScope(weights)});
}

Result<void> ModelLoader::plan(TensorNames names, std::optional<uint64_t> float_bytes) {
  WeightPlanner planner(std::move(names));
  GF_ASSIGN(const std::unique_ptr<Model> model, load_from(planner));
  GF_TRY(check_vocabulary(vocabulary_, model->shape()));
  if (model->is_generative()) {
    GF_ASSIGN(generation_, read_generation_config(generation_text_, generation_file_));
  }
  // Who writes shards and not their total has more than fits into one file.
  const bool large = !float_bytes || *float_bytes > kMaxFloatBytes;
  const WeightStorage automatic = large ? WeightStorage::kInt8 : WeightStorage::kAsStored;
  store_.emplace(planner.take(), storage_.value_or(automatic));
  return {};
}

Result<void> ModelLoader::open_weights(const std::string& name, std::optional<size_t> bytes) {
  GF_TRY(close_file());
  if (std::ranges::find(weight_files_, name) == weight_files_.end()) {
    return fail(ErrorCode::kInvalidArgument, "weights '", name, "': the model expects ",
                weight_files_.size() == 1 ? weight_files_[0] : "the files of its index");
  }
  if (!opened_.insert(name).second) {
    return fail(ErrorCode::kInvalidArgument, "weights '", name, "' have come before");
  }
  reader_.emplace(name, bytes, static_cast<TensorSink&>(*this));
  return {};
}

Result<void> ModelLoader::feed(std::span<const std::byte> bytes) {
  if (!reader_) return fail(ErrorCode::kInvalidArgument, "no file of weights is open");
  return reader_->feed(bytes);
}

Result<void> ModelLoader::feed_files(ModelFiles& files) {
  for (const std::string& name : weight_files_) {
    const auto file = files.find(name);
    if (file == files.end()) continue;
    GF_TRY(open_weights(name, file->second.size()));
    GF_TRY(feed(file->second.bytes()));
    files.erase(file);
  }
  return {};
}

Result<void> ModelLoader::begin_file(const std::string& file, std::span<const TensorInfo> tensors) {
  if (index_) {
    GF_TRY(check_shard(*index_, file, tensors));
  } else {
    GF_TRY(plan(names_of(tensors), count_float_bytes(tensors)));
  }
  for (const TensorInfo& tensor : tensors) {
    file_bytes_[tensor.dtype_name] += tensor.bytes;
    total_bytes_ += tensor.bytes;
  }
  return store_->begin_file(file, tensors);
}

Result<void> ModelLoader::write(const TensorInfo& tensor, std::span<const std::byte> bytes) {
  return store_->write(tensor, bytes);
}

Result<void> ModelLoader::close_file() {
  if (!reader_) return {};
  GF_TRY(reader_->finish());
  reader_.reset();
  return {};
}

Result<void> ModelLoader::check_complete() const {
  for (const std::string& name : weight_files_) {
    if (!opened_.contains(name)) {
      return fail(ErrorCode::kNotFound, "file '", name, "' is missing",
                  index_ ? ", which the index of the weights names" : "");
    }
  }
  if (!index_ || !index_->total_bytes || *index_->total_bytes == total_bytes_) return {};
  return fail(ErrorCode::kInvalidFormat, kShardIndexFile, ": total_size: expected ", total_bytes_,
              ", which the shards hold, got ", *index_->total_bytes);
}

Result<std::unique_ptr<LoadedModel>> ModelLoader::finish() {
  GF_TRY(close_file());
  GF_TRY(check_complete());
  GF_TRY(store_->finish());
  auto loaded = std::make_unique<LoadedModel>(
      LoadedModel{config_, std::move(*store_), nullptr, {}, std::move(generation_)});
  GF_ASSIGN(loaded->model, load_from(loaded->weights));
  loaded->info = {.family = config_.model_type,
                  .task = std::string(task_of(loaded->model->head())),
                  .shape = loaded->model->shape(),
                  .labels = config_.labels,
                  .weights = loaded->weights.counts(),
                  .file_bytes = file_bytes_};
  return loaded;
}

Result<std::unique_ptr<LoadedModel>> load_model_files(ModelFiles& files,
                                                      const LoadOptions& options) {
  GF_ASSIGN(const std::unique_ptr<ModelLoader> loader,
            ModelLoader::begin(files, options, /*vocabulary=*/0));
  GF_TRY(loader->feed_files(files));
  return loader->finish();
}

}  // namespace glassformer
