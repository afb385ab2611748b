#include "engine/engine.h"

#include <algorithm>

namespace glassformer {

namespace {

Recorder make_recorder(RecorderOptions options, const ModelShape& shape) {
  return Recorder(options,
                  {shape.n_layers, shape.n_heads, shape.n_decoder_layers, shape.n_decoder_heads});
}

struct Task {
  std::string_view name;
  Result<void> (*run)(const PipelineModel&, const RunRequest&, RunOutput&, ForwardContext&);
};

Result<void> run_text_classification(const PipelineModel& model, const RunRequest& request,
                                     RunOutput& output, ForwardContext& context) {
  const TextInput input{request.text, request.text_pair};
  GF_ASSIGN(output.encoding, encode_for_model(model, input));
  GF_ASSIGN(output.labels, classify(model, output.encoding, context));
  if (request.top_k > 0) {
    output.labels.resize(std::min(request.top_k, output.labels.size()));
  }
  return {};
}

constexpr Task kTasks[] = {
    {"text-classification", run_text_classification},
    {"sentiment-analysis", run_text_classification},
};

Result<const Task*> find_task(std::string_view name) {
  std::string known;
  for (const Task& task : kTasks) {
    if (task.name == name) return &task;
    known += known.empty() ? "" : ", ";
    known += task.name;
  }
  return fail(ErrorCode::kUnsupported, "task '", name, "' is not supported; supported: ", known);
}

}  // namespace

ModelHandle Engine::open_model() {
  const ModelHandle handle = next_handle_++;
  models_.emplace(handle, Entry{});
  return handle;
}

Result<std::span<std::byte>> Engine::allocate_file(ModelHandle handle, std::string name,
                                                   size_t bytes) {
  GF_ASSIGN(Entry* const entry, find(handle));
  GF_ASSIGN(Buffer buffer, Buffer::allocate(bytes));
  const auto [file, inserted] = entry->files.insert_or_assign(std::move(name), std::move(buffer));
  return file->second.bytes();
}

Result<ModelInfo> Engine::load_model(ModelHandle handle, const LoadOptions& options) {
  GF_ASSIGN(Entry* const entry, find(handle));
  GF_ASSIGN(Tokenizer tokenizer, load_tokenizer(entry->files));
  GF_ASSIGN(std::unique_ptr<LoadedModel> loaded, load_model_files(entry->files, options));
  GF_TRY(check_vocabulary(tokenizer, loaded->info.shape));
  entry->tokenizer = std::move(tokenizer);
  entry->loaded = std::move(loaded);
  entry->files.clear();
  return entry->loaded->info;
}

void Engine::close_model(ModelHandle handle) { models_.erase(handle); }

Result<RunOutput> Engine::run(ModelHandle handle, const RunRequest& request) {
  GF_ASSIGN(const Task* const task, find_task(request.task));
  GF_ASSIGN(const Entry* const entry, find_loaded(handle));
  const LoadedModel& loaded = *entry->loaded;
  RunOutput output{{}, {}, make_recorder(request.trace, loaded.info.shape)};
  const Workspace::Scope scope(workspace_);
  ForwardContext context{workspace_, output.trace};
  GF_TRY(task->run({*entry->tokenizer, *loaded.model, loaded.config}, request, output, context));
  return output;
}

Result<Encoding> Engine::tokenize(ModelHandle handle, const TextInput& input) {
  GF_ASSIGN(Entry* const entry, find(handle));
  if (!entry->tokenizer) {
    GF_ASSIGN(entry->tokenizer, load_tokenizer(entry->files));
  }
  return entry->tokenizer->encode(input.text, input.pair, EncodeOptions{});
}

Result<ForwardOutput> Engine::forward(ModelHandle handle, const TokenInput& input) {
  GF_ASSIGN(const Entry* const entry, find_loaded(handle));
  const LoadedModel& loaded = *entry->loaded;
  GF_TRY(check_input(input, loaded.info.shape));
  const RecorderOptions everything{.attentions = true, .hidden_states = true};
  ForwardOutput output{{}, make_recorder(everything, loaded.info.shape)};
  const Workspace::Scope scope(workspace_);
  ForwardContext context{workspace_, output.trace};
  const Matrix logits = loaded.model->forward(input, context);
  output.logits.shape = {logits.rows, logits.cols};
  for (size_t i = 0; i < logits.rows; ++i) {
    output.logits.data.insert(output.logits.data.end(), logits.row(i).begin(), logits.row(i).end());
  }
  return output;
}

Result<Engine::Entry*> Engine::find(ModelHandle handle) {
  const auto entry = models_.find(handle);
  if (entry == models_.end()) return fail(ErrorCode::kNotFound, "no model has handle ", handle);
  return &entry->second;
}

Result<Engine::Entry*> Engine::find_loaded(ModelHandle handle) {
  GF_ASSIGN(Entry* const entry, find(handle));
  if (!entry->loaded) {
    return fail(ErrorCode::kInvalidArgument, "the model of handle ", handle, " is not loaded");
  }
  return entry;
}

}  // namespace glassformer
