#include "engine/loaded_model.h"

namespace glassformer {

namespace {

struct NamedStorage {
  std::string_view dtype;
  WeightStorage storage;
};

constexpr NamedStorage kStorages[] = {
    {"auto", WeightStorage::kAsStored},
    {"fp32", WeightStorage::kF32},
    {"q8", WeightStorage::kInt8},
};

Result<WeightStorage> find_storage(std::string_view dtype) {
  for (const NamedStorage& entry : kStorages) {
    if (entry.dtype == dtype) return entry.storage;
  }
  return fail(ErrorCode::kInvalidArgument, "dtype '", dtype, "': expected auto, fp32 or q8");
}

std::map<std::string, size_t> count_bytes(const TensorMap& tensors) {
  std::map<std::string, size_t> bytes;
  for (const auto& [name, tensor] : tensors) bytes[tensor.dtype_name] += tensor.bytes.size();
  return bytes;
}

/// The pipeline that a head is for, by its name on the Hub.
std::string_view task_of(Head head) {
  switch (head) {
    case Head::kNone:
      return "feature-extraction";
    case Head::kSequenceClassification:
      return "text-classification";
    case Head::kTokenClassification:
      return "token-classification";
    case Head::kQuestionAnswering:
      return "question-answering";
    case Head::kMaskedLm:
      return "fill-mask";
    case Head::kCausalLm:
      return "text-generation";
    case Head::kSeq2SeqLm:
      return "text2text-generation";
  }
  check_failed("every head has a task");
}

constexpr std::string_view kWeightsFile = "model.safetensors";

Result<Buffer> take_weights(ModelFiles& files) {
  const auto file = files.find(kWeightsFile);
  if (file == files.end())
    return fail(ErrorCode::kNotFound, "file '", kWeightsFile, "' is missing");
  Buffer weights = std::move(file->second);
  files.erase(file);
  return weights;
}

}  // namespace

Result<std::string_view> file_text(const ModelFiles& files, std::string_view name) {
  const auto file = files.find(name);
  if (file == files.end()) return fail(ErrorCode::kNotFound, "file '", name, "' is missing");
  return std::string_view(reinterpret_cast<const char*>(file->second.data()), file->second.size());
}

Result<Tokenizer> load_tokenizer(const ModelFiles& files) {
  TextFiles texts;
  for (const std::string_view name : kTokenizerFiles) {
    if (!files.contains(name)) continue;
    GF_ASSIGN(const std::string_view text, file_text(files, name));
    texts.emplace(name, text);
  }
  return Tokenizer::from_files(texts);
}

Result<std::unique_ptr<LoadedModel>> load_model_files(ModelFiles& files,
                                                      const LoadOptions& options) {
  GF_ASSIGN(const WeightStorage storage, find_storage(options.dtype));
  GF_ASSIGN(const std::string_view config_text, file_text(files, "config.json"));
  GF_ASSIGN(const JsonDocument document, JsonDocument::parse(config_text, "config.json"));
  GF_ASSIGN(ModelConfig config, read_model_config(document.root()));
  GF_ASSIGN(Buffer file, take_weights(files));
  GF_ASSIGN(TensorMap tensors, parse_safetensors(file.bytes(), kWeightsFile));

  ModelInfo info;
  info.family = config.model_type;
  info.labels = config.labels;
  info.file_bytes = count_bytes(tensors);
  auto loaded = std::make_unique<LoadedModel>(
      LoadedModel{std::move(config), WeightStore(std::move(file), std::move(tensors), storage),
                  nullptr, std::move(info)});
  GF_ASSIGN(loaded->model, load_model({loaded->config, ConfigFields(document.root()),
                                       WeightScope(loaded->weights)}));
  loaded->weights.finish();
  loaded->info.task = task_of(loaded->model->head());
  loaded->info.shape = loaded->model->shape();
  loaded->info.weights = loaded->weights.counts();
  return loaded;
}

Result<void> check_vocabulary(const Tokenizer& tokenizer, const ModelShape& shape) {
  if (tokenizer.vocab_size() <= shape.vocab_size) return {};
  return fail(ErrorCode::kInvalidFormat, "the tokeniser has ", tokenizer.vocab_size(),
              " tokens, the model's embedding only ", shape.vocab_size);
}

}  // namespace glassformer
