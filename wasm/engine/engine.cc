#include "engine/engine.h"

#include "engine/trace_options.h"
#include "pipelines/feature_extraction.h"
#include "pipelines/fill_mask.h"
#include "pipelines/question_answering.h"
#include "pipelines/text_classification.h"
#include "pipelines/text_generation.h"
#include "pipelines/token_classification.h"
#include "pipelines/translation.h"

namespace glassformer {

namespace {

/// Large enough that a call for each piece costs nothing, small enough to stay in a cache.
constexpr size_t kPieceBytes = size_t{1} << 18;

bool is_weights(std::string_view file) { return file.ends_with(".safetensors"); }

Recorder make_recorder(RecorderOptions options, const ModelShape& shape) {
  return Recorder(options,
                  {shape.n_layers, shape.n_heads, shape.n_decoder_layers, shape.n_decoder_heads});
}

struct Task {
  std::string_view name;
  PipelineFunction run;
};

constexpr Task kTasks[] = {
    {"text-classification", run_text_classification},
    {"sentiment-analysis", run_text_classification},
    {"question-answering", run_question_answering},
    {"fill-mask", run_fill_mask},
    {"feature-extraction", run_feature_extraction},
    {"token-classification", run_token_classification},
    {"ner", run_token_classification},
};

constexpr const GenerationTask* kGenerationTasks[] = {
    &kTranslation,
    &kSummarization,
    &kText2TextGeneration,
    &kTextGeneration,
};

Error unknown_task(std::string_view name) {
  std::string known;
  for (const Task& task : kTasks) known += concat(task.name, ", ");
  for (const GenerationTask* task : kGenerationTasks) known += concat(task->name, ", ");
  known.resize(known.size() - 2);
  return fail(ErrorCode::kUnsupported, "task '", name, "' is not supported; supported: ", known);
}

Result<const Task*> find_task(std::string_view name) {
  for (const Task& task : kTasks) {
    if (task.name == name) return &task;
  }
  return unknown_task(name);
}

Result<const GenerationTask*> find_generation_task(std::string_view name) {
  for (const GenerationTask* task : kGenerationTasks) {
    if (task->name == name) return task;
  }
  return unknown_task(name);
}

}  // namespace

const Interventions* Generation::interventions() const {
  return is_empty(changes) ? nullptr : &changes;
}

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

Result<std::vector<std::string>> Engine::begin_load(ModelHandle handle,
                                                    const LoadOptions& options) {
  GF_ASSIGN(Entry* const entry, find(handle));
  GF_ASSIGN(Tokenizer tokenizer, load_tokenizer(entry->files));
  GF_ASSIGN(entry->loader, ModelLoader::begin(entry->files, options, tokenizer.vocab_size()));
  entry->tokenizer = std::move(tokenizer);
  std::erase_if(entry->files, [](const auto& file) { return !is_weights(file.first); });
  GF_ASSIGN(entry->piece, Buffer::allocate(kPieceBytes));
  return entry->loader->weight_files();
}

Result<std::span<std::byte>> Engine::open_weights(ModelHandle handle, const std::string& name,
                                                  std::optional<size_t> bytes) {
  GF_ASSIGN(Entry* const entry, find_loading(handle));
  GF_TRY(entry->loader->open_weights(name, bytes));
  return entry->piece.bytes();
}

Result<void> Engine::feed_weights(ModelHandle handle, size_t count) {
  GF_ASSIGN(Entry* const entry, find_loading(handle));
  if (count > kPieceBytes) {
    return fail(ErrorCode::kInvalidArgument, "a piece of weights: expected at most ", kPieceBytes,
                " bytes, got ", count);
  }
  auto fed = entry->loader->feed(entry->piece.bytes().first(count));
  if (!fed.ok()) entry->loader.reset();  // nothing more can come of it
  return fed;
}

Result<ModelInfo> Engine::finish_load(ModelHandle handle) {
  GF_ASSIGN(Entry* const entry, find_loading(handle));
  const std::unique_ptr<ModelLoader> loader = std::move(entry->loader);
  entry->piece = Buffer();
  GF_ASSIGN(entry->loaded, loader->finish());
  return entry->loaded->info;
}

Result<ModelInfo> Engine::load_model(ModelHandle handle, const LoadOptions& options) {
  GF_TRY(begin_load(handle, options));
  GF_ASSIGN(Entry* const entry, find(handle));
  auto fed = entry->loader->feed_files(entry->files);
  if (!fed.ok()) {
    entry->loader.reset();  // nothing more can come of it
    return fed.error();
  }
  return finish_load(handle);
}

void Engine::close_model(ModelHandle handle) { models_.erase(handle); }

Result<std::vector<RunOutput>> Engine::run(ModelHandle handle, const RunRequest& request) {
  GF_ASSIGN(const Task* const task, find_task(request.task));
  GF_ASSIGN(const Entry* const entry, find_loaded(handle));
  const LoadedModel& loaded = *entry->loaded;
  const ModelShape& shape = loaded.info.shape;
  GF_ASSIGN(RequestOptions options, RequestOptions::parse(request.options, request.task));
  GF_ASSIGN(const RecorderOptions trace, read_trace_options(options, shape));
  GF_ASSIGN(const Interventions changes, read_interventions(options, shape));
  GF_TRY(check_inspected(trace.inspected, changes, shape));
  std::vector<TextInput> inputs;
  for (const RunText& text : request.texts) inputs.push_back({text.text, text.pair});
  const bool is_each_alone = make_recorder(trace, shape).is_watching() || !is_empty(changes);
  const size_t at_once = is_each_alone ? 1 : inputs.size();
  std::vector<RunOutput> outputs;
  for (size_t begin = 0; begin < inputs.size(); begin += at_once) {
    Recorder recorder = make_recorder(trace, shape);
    const Workspace::Scope scope(workspace_);
    ForwardContext context{workspace_, recorder, is_empty(changes) ? nullptr : &changes};
    GF_ASSIGN(auto answers, task->run({*entry->tokenizer, *loaded.model, loaded.config},
                                      std::span(inputs).subspan(begin, at_once), options, context));
    for (PipelineOutput& answer : answers) {
      add_inspected(recorder.inspected(), answer.tensors);
      outputs.push_back({std::move(answer.json), std::move(answer.encoding),
                         std::move(answer.tensors), make_recorder(trace, shape)});
    }
    if (is_each_alone) outputs.back().trace = std::move(recorder);
  }
  return outputs;
}

bool Engine::generates(std::string_view task) { return find_generation_task(task).ok(); }

Result<Generation> Engine::start(ModelHandle handle, const GenerationRequest& request) {
  GF_ASSIGN(const GenerationTask* const task, find_generation_task(request.task));
  GF_ASSIGN(const Entry* const entry, find_loaded(handle));
  const LoadedModel& loaded = *entry->loaded;
  GF_ASSIGN(RequestOptions options, RequestOptions::parse(request.options, request.task));
  GF_ASSIGN(Interventions changes, read_interventions(options, loaded.info.shape));
  const GenerativeModel model{{*entry->tokenizer, *loaded.model, loaded.config}, loaded.generation};
  GF_ASSIGN(auto pipeline, GenerationPipeline::start(model, *task, request.texts, options));
  GF_TRY(pipeline->check(changes));
  return Generation{handle, std::move(pipeline), std::move(changes)};
}

Result<std::string> Engine::step(Generation& generation) {
  GF_TRY(find_loaded(generation.model));  // what the pipeline refers to is still there
  if (generation.pipeline->is_finished()) {
    return fail(ErrorCode::kInvalidArgument, "the generation is finished: it has no next step");
  }
  Tracer silent;
  ForwardContext context{workspace_, silent, generation.interventions()};
  return generation.pipeline->step(context);
}

Result<std::string> Engine::output(const Generation& generation) {
  GF_TRY(find_loaded(generation.model));
  return generation.pipeline->output();
}

Result<Encoding> Engine::sequence_tokens(const Generation& generation, size_t text,
                                         size_t sequence) {
  GF_TRY(find_loaded(generation.model));
  return generation.pipeline->sequence_tokens(text, sequence);
}

Result<Recorder> Engine::trace(const Generation& generation, size_t text, size_t sequence,
                               RecorderOptions options) {
  GF_ASSIGN(const Entry* const entry, find_loaded(generation.model));
  const LoadedModel& loaded = *entry->loaded;
  GF_ASSIGN(const Encoding tokens, generation.pipeline->sequence_tokens(text, sequence));
  GF_ASSIGN(const TokenInput input, generation.pipeline->full_input(text, tokens));
  Recorder recorder = make_recorder(options, loaded.info.shape);
  const Workspace::Scope scope(workspace_);
  ForwardContext context{workspace_, recorder, generation.interventions()};
  loaded.model->forward(input, context);
  return recorder;
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

Result<Engine::Entry*> Engine::find_loading(ModelHandle handle) {
  GF_ASSIGN(Entry* const entry, find(handle));
  if (entry->loader) return entry;
  return fail(ErrorCode::kInvalidArgument, "the model of handle ", handle, " is not being loaded");
}

Result<Engine::Entry*> Engine::find_loaded(ModelHandle handle) {
  GF_ASSIGN(Entry* const entry, find(handle));
  if (!entry->loaded) {
    return fail(ErrorCode::kInvalidArgument, "the model of handle ", handle, " is not loaded");
  }
  return entry;
}

}  // namespace glassformer
