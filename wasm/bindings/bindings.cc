// The seam between C++ and TypeScript. In: strings, options as a JSON object, file bytes written
// straight into memory the engine allocated. Out: plain values, a task's answer as JSON, one copied
// array per trace, a status with a code and a message. No container, no pointer to keep and no
// callback crosses.
#include <memory>
#include <optional>

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "engine/engine.h"

namespace glassformer {

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(StringArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(NumberArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(Int32Data)
EMSCRIPTEN_DECLARE_VAL_TYPE(Uint8Data)
EMSCRIPTEN_DECLARE_VAL_TYPE(Int8Data)
EMSCRIPTEN_DECLARE_VAL_TYPE(Float32Data)

/// A typed array of JavaScript's own, with the elements copied: views of wasm memory never leave a
/// call.
template <class T>
val copy_out(std::span<const T> elements) {
  return val(emscripten::typed_memory_view(elements.size(), elements.data())).call<val>("slice");
}

template <class Range>
val array_of(const Range& range) {
  val array = val::array();
  for (const auto& element : range) array.call<void>("push", element);
  return array;
}

struct Status {
  ErrorCode code = ErrorCode::kOk;
  std::string message;
};

template <class T>
Status status_of(const Result<T>& result) {
  return result.ok() ? Status{} : Status{result.error().code(), result.error().message()};
}

struct FileSlot {
  Status status;
  size_t address = 0;
};

struct LoadBegun {
  Status status;
  StringArray weight_files{val::array()};
};

/// The room for pieces of a file of weights, `bytes` long.
struct PieceSlot {
  Status status;
  size_t address = 0;
  size_t bytes = 0;
};

struct BoundModelInfo {
  Status status;
  std::string family;
  std::string task;
  double parameters = 0;
  double weight_bytes = 0;
  size_t layers = 0;
  size_t heads = 0;
  size_t max_tokens = 0;
  StringArray labels{val::array()};
};

// Embind makes these by their default constructors where JavaScript passes one in.
struct BoundTokens {
  Int32Data ids{val::undefined()};
  StringArray tokens{val::undefined()};
  Int32Data offsets{val::undefined()};
  Uint8Data special{val::undefined()};
  Int8Data sequence_ids{val::undefined()};
  size_t truncated = 0;
};

struct BoundTensor {
  Float32Data data{val::undefined()};
  NumberArray dims{val::undefined()};
};

BoundTensor bind_tensor(const TraceTensor& tensor) {
  return {Float32Data(copy_out(std::span(tensor.data))), NumberArray(array_of(tensor.shape))};
}

BoundTokens bind_tokens(const Encoding& encoding) {
  std::vector<int32_t> offsets;
  offsets.reserve(2 * encoding.size());
  for (const Offset& offset : encoding.offsets) {
    offsets.push_back(static_cast<int32_t>(offset.start));
    offsets.push_back(static_cast<int32_t>(offset.end));
  }
  return {Int32Data(copy_out(std::span(encoding.ids))),
          StringArray(array_of(encoding.tokens)),
          Int32Data(copy_out(std::span<const int32_t>(offsets))),
          Uint8Data(copy_out(std::span(encoding.special))),
          Int8Data(copy_out(std::span(encoding.sequence_ids))),
          encoding.truncated};
}

/// What a run gave for each text. Ask for the status first: without success there is none.
class RunResult {
 public:
  explicit RunResult(Result<std::vector<RunOutput>> result) : result_(std::move(result)) {}

  Status status() const { return status_of(result_); }

  /// The task's answer, as JSON.
  std::string output(size_t text) const { return of(text).json; }

  /// The names of the arrays that the task gives besides.
  StringArray tensor_names(size_t text) const {
    val names = val::array();
    for (const auto& [name, tensor] : of(text).tensors) names.call<void>("push", name);
    return StringArray(names);
  }
  BoundTensor tensor(size_t text, const std::string& name) const {
    const auto& tensors = of(text).tensors;
    const auto found = tensors.find(name);
    return bind_tensor(found == tensors.end() ? TraceTensor{} : found->second);
  }

  BoundTokens tokens(size_t text) const { return bind_tokens(of(text).encoding); }
  /// [layers, heads, q, k]
  BoundTensor attentions(AttentionKind kind, size_t text) const {
    return bind_tensor(of(text).trace.attentions(kind));
  }
  /// [layers + 1, tokens, d_model]
  BoundTensor hidden_states(Stream stream, size_t text) const {
    return bind_tensor(of(text).trace.all_hidden_states(stream));
  }

 private:
  const RunOutput& of(size_t text) const {
    GF_CHECK(result_.ok() && text < result_.value().size());
    return result_.value()[text];
  }

  Result<std::vector<RunOutput>> result_;
};

/// A generation under way. After an answer that is empty, ask for the status: it tells how the last
/// call went. The engine outlives it.
class BoundGeneration {
 public:
  BoundGeneration(Engine& engine, Result<Generation> started)
      : engine_(engine), status_(status_of(started)) {
    if (started.ok()) generation_ = std::move(started).value();
  }

  Status status() const { return status_; }
  bool is_finished() const { return !generation_ || generation_->pipeline->is_finished(); }

  /// What the step did, as JSON.
  std::string step() {
    return answer<std::string>([&](Generation& g) { return engine_.step(g); });
  }
  /// The finished sequences, as JSON.
  std::string output() {
    return answer<std::string>([&](Generation& g) { return engine_.output(g); });
  }

  BoundTokens tokens(size_t text) {
    return bind_tokens(answer<Encoding>([&](Generation& g) -> Result<Encoding> {
      if (text < g.pipeline->n_texts()) return g.pipeline->tokens(text);
      return fail(ErrorCode::kInvalidArgument, "text ", text, ": expected one below ",
                  g.pipeline->n_texts());
    }));
  }
  BoundTokens sequence_tokens(size_t text, size_t sequence) {
    return bind_tokens(answer<Encoding>(
        [&](Generation& g) { return engine_.sequence_tokens(g, text, sequence); }));
  }

  /// [layers, heads, q, k] of a finished sequence.
  BoundTensor attentions(AttentionKind kind, size_t text, size_t sequence) {
    return bind_tensor(answer<TraceTensor>([&](Generation& g) -> Result<TraceTensor> {
      GF_TRY(trace(g, {text, sequence, Traced::kAttentions}));
      return trace_->attentions(kind);
    }));
  }
  /// [layers + 1, tokens, d_model] of a finished sequence.
  BoundTensor hidden_states(Stream stream, size_t text, size_t sequence) {
    return bind_tensor(answer<TraceTensor>([&](Generation& g) -> Result<TraceTensor> {
      GF_TRY(trace(g, {text, sequence, Traced::kHiddenStates}));
      return trace_->all_hidden_states(stream);
    }));
  }

 private:
  enum class Traced { kAttentions, kHiddenStates };
  struct TraceWish {
    size_t text, sequence;
    Traced what;
    bool operator==(const TraceWish&) const = default;
  };

  /// One pass serves all that is asked of the same sequence in a row.
  Result<void> trace(Generation& generation, const TraceWish& wish) {
    if (traced_ == wish) return {};
    traced_ = std::nullopt;
    const RecorderOptions options{.attentions = wish.what == Traced::kAttentions,
                                  .hidden_states = wish.what == Traced::kHiddenStates};
    GF_ASSIGN(trace_, engine_.trace(generation, wish.text, wish.sequence, options));
    traced_ = wish;
    return {};
  }

  /// What `ask` gives, or an empty T; the status says which.
  template <class T, class Ask>
  T answer(Ask ask) {
    if (!generation_) return {};
    Result<T> result = ask(*generation_);
    status_ = status_of(result);
    return result.ok() ? std::move(result).value() : T{};
  }

  Engine& engine_;
  Status status_;
  std::optional<Generation> generation_;
  std::optional<TraceWish> traced_;
  std::optional<Recorder> trace_;
};

FileSlot allocate_file(Engine& engine, ModelHandle model, const std::string& name, double bytes) {
  if (!(bytes >= 0 && bytes <= static_cast<double>(SIZE_MAX))) {
    return {{ErrorCode::kOutOfMemory, concat("file '", name, "' is too large")}, 0};
  }
  const auto memory = engine.allocate_file(model, name, static_cast<size_t>(bytes));
  if (!memory.ok()) return {status_of(memory), 0};
  return {{}, reinterpret_cast<size_t>(memory.value().data())};
}

LoadBegun begin_load(Engine& engine, ModelHandle model, const LoadOptions& options) {
  const auto files = engine.begin_load(model, options);
  LoadBegun begun{status_of(files)};
  if (files.ok()) begun.weight_files = StringArray(array_of(files.value()));
  return begun;
}

PieceSlot open_weights(Engine& engine, ModelHandle model, const std::string& name) {
  // A host may compress what it sends, so that nobody knows the size before the header says it.
  const auto piece = engine.open_weights(model, name, std::nullopt);
  if (!piece.ok()) return {status_of(piece)};
  return {{}, reinterpret_cast<size_t>(piece.value().data()), piece.value().size()};
}

Status feed_weights(Engine& engine, ModelHandle model, size_t count) {
  return status_of(engine.feed_weights(model, count));
}

BoundModelInfo finish_load(Engine& engine, ModelHandle model) {
  const auto loaded = engine.finish_load(model);
  BoundModelInfo bound;
  bound.status = status_of(loaded);
  if (!loaded.ok()) return bound;
  const ModelInfo& info = loaded.value();
  bound.family = info.family;
  bound.task = info.task;
  bound.parameters = static_cast<double>(info.weights.parameters);
  bound.weight_bytes = static_cast<double>(info.weights.bytes);
  bound.layers = info.shape.n_layers;
  bound.heads = info.shape.n_heads;
  bound.max_tokens = info.shape.max_positions;
  bound.labels = StringArray(array_of(info.labels));
  return bound;
}

/// `pairs` has the second text of each, or none of any.
std::unique_ptr<RunResult> run(Engine& engine, ModelHandle model, const std::string& task,
                               const StringArray& texts, const StringArray& pairs,
                               const std::string& options) {
  RunRequest request{task, {}, options};
  for (auto& text : emscripten::vecFromJSArray<std::string>(texts)) {
    request.texts.push_back({std::move(text), std::nullopt});
  }
  auto seconds = emscripten::vecFromJSArray<std::string>(pairs);
  GF_CHECK(seconds.empty() || seconds.size() == request.texts.size());
  for (size_t i = 0; i < seconds.size(); ++i) request.texts[i].pair = std::move(seconds[i]);
  return std::make_unique<RunResult>(engine.run(model, request));
}

std::unique_ptr<BoundGeneration> start(Engine& engine, ModelHandle model, const std::string& task,
                                       const StringArray& texts, const std::string& options) {
  GenerationRequest request{task, emscripten::vecFromJSArray<std::string>(texts), options};
  return std::make_unique<BoundGeneration>(engine, engine.start(model, request));
}

EMSCRIPTEN_BINDINGS(types) {
  using namespace emscripten;
  register_type<StringArray>("string[]");
  register_type<NumberArray>("number[]");
  register_type<Int32Data>("Int32Array");
  register_type<Uint8Data>("Uint8Array");
  register_type<Int8Data>("Int8Array");
  register_type<Float32Data>("Float32Array");

  enum_<ErrorCode>("ErrorCode", enum_value_type::string)
      .value("OK", ErrorCode::kOk)
      .value("INVALID_ARGUMENT", ErrorCode::kInvalidArgument)
      .value("INVALID_FORMAT", ErrorCode::kInvalidFormat)
      .value("UNSUPPORTED", ErrorCode::kUnsupported)
      .value("NOT_FOUND", ErrorCode::kNotFound)
      .value("OUT_OF_MEMORY", ErrorCode::kOutOfMemory)
      .value("INTERNAL", ErrorCode::kInternal);
  enum_<AttentionKind>("AttentionKind", enum_value_type::string)
      .value("self", AttentionKind::kSelf)
      .value("decoder", AttentionKind::kDecoder)
      .value("cross", AttentionKind::kCross);
  enum_<Stream>("Stream", enum_value_type::string)
      .value("main", Stream::kMain)
      .value("decoder", Stream::kDecoder);
  value_object<Status>("Status").field("code", &Status::code).field("message", &Status::message);
  value_object<FileSlot>("FileSlot")
      .field("status", &FileSlot::status)
      .field("address", &FileSlot::address);
  value_object<LoadBegun>("LoadBegun")
      .field("status", &LoadBegun::status)
      .field("weightFiles", &LoadBegun::weight_files);
  value_object<PieceSlot>("PieceSlot")
      .field("status", &PieceSlot::status)
      .field("address", &PieceSlot::address)
      .field("bytes", &PieceSlot::bytes);
  value_object<LoadOptions>("LoadOptions").field("dtype", &LoadOptions::dtype);
  value_object<BoundModelInfo>("ModelInfo")
      .field("status", &BoundModelInfo::status)
      .field("family", &BoundModelInfo::family)
      .field("task", &BoundModelInfo::task)
      .field("parameters", &BoundModelInfo::parameters)
      .field("weightBytes", &BoundModelInfo::weight_bytes)
      .field("layers", &BoundModelInfo::layers)
      .field("heads", &BoundModelInfo::heads)
      .field("maxTokens", &BoundModelInfo::max_tokens)
      .field("labels", &BoundModelInfo::labels);
  value_object<BoundTokens>("Tokens")
      .field("ids", &BoundTokens::ids)
      .field("tokens", &BoundTokens::tokens)
      .field("offsets", &BoundTokens::offsets)
      .field("special", &BoundTokens::special)
      .field("sequenceIds", &BoundTokens::sequence_ids)
      .field("truncated", &BoundTokens::truncated);
  value_object<BoundTensor>("Tensor")
      .field("data", &BoundTensor::data)
      .field("dims", &BoundTensor::dims);
}

EMSCRIPTEN_BINDINGS(engine) {
  using namespace emscripten;
  class_<RunResult>("RunResult")
      .function("status", &RunResult::status)
      .function("output", &RunResult::output)
      .function("tensorNames", &RunResult::tensor_names)
      .function("tensor", &RunResult::tensor)
      .function("tokens", &RunResult::tokens)
      .function("attentions", &RunResult::attentions)
      .function("hiddenStates", &RunResult::hidden_states);
  class_<BoundGeneration>("Generation")
      .function("status", &BoundGeneration::status)
      .function("isFinished", &BoundGeneration::is_finished)
      .function("step", &BoundGeneration::step)
      .function("output", &BoundGeneration::output)
      .function("tokens", &BoundGeneration::tokens)
      .function("sequenceTokens", &BoundGeneration::sequence_tokens)
      .function("attentions", &BoundGeneration::attentions)
      .function("hiddenStates", &BoundGeneration::hidden_states);
  class_<Engine>("Engine")
      .constructor<>()
      .function("openModel", &Engine::open_model)
      .function("allocateFile", &allocate_file)
      .function("beginLoad", &begin_load)
      .function("openWeights", &open_weights)
      .function("feedWeights", &feed_weights)
      .function("finishLoad", &finish_load)
      .function("closeModel", &Engine::close_model)
      .function("run", &run)
      .function("start", &start);
}

}  // namespace

}  // namespace glassformer
