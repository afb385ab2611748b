// The seam between C++ and TypeScript. In: strings, plain options, file bytes written straight into
// memory the engine allocated. Out: plain values, one copied array per trace, a status with a code
// and a message. No container, no pointer to keep and no callback crosses.
#include <memory>

#include <emscripten/bind.h>
#include <emscripten/val.h>

#include "engine/engine.h"

namespace glassformer {

namespace {

using emscripten::val;

EMSCRIPTEN_DECLARE_VAL_TYPE(StringArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(NumberArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(LabelScoreArray)
EMSCRIPTEN_DECLARE_VAL_TYPE(Int32Data)
EMSCRIPTEN_DECLARE_VAL_TYPE(Uint8Data)
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
  return result.ok() ? Status{} : Status{result.error().code, result.error().message};
}

struct FileSlot {
  Status status;
  size_t address = 0;
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

struct BoundRunRequest {
  std::string task;
  std::string text;
  std::string text_pair;
  bool has_text_pair;
  size_t top_k;
  bool output_attentions;
  bool output_hidden_states;
};

// Embind makes these by their default constructors where JavaScript passes one in.
struct BoundTokens {
  Int32Data ids{val::undefined()};
  StringArray tokens{val::undefined()};
  Int32Data offsets{val::undefined()};
  Uint8Data special{val::undefined()};
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
  return {Int32Data(copy_out(std::span(encoding.ids))), StringArray(array_of(encoding.tokens)),
          Int32Data(copy_out(std::span<const int32_t>(offsets))),
          Uint8Data(copy_out(std::span(encoding.special))), encoding.truncated};
}

/// What a run gave. Ask for the status first: without success every other answer is empty.
class RunResult {
 public:
  explicit RunResult(Result<RunOutput> result) : result_(std::move(result)) {}

  Status status() const { return status_of(result_); }

  LabelScoreArray labels() const {
    val labels = val::array();
    if (!result_.ok()) return LabelScoreArray(labels);
    for (const LabelScore& entry : result_.value().labels) {
      val label = val::object();
      label.set("label", entry.label);
      label.set("score", entry.score);
      labels.call<void>("push", label);
    }
    return LabelScoreArray(labels);
  }

  BoundTokens tokens() const {
    return bind_tokens(result_.ok() ? result_.value().encoding : Encoding{});
  }
  /// [layers, heads, q, k]
  BoundTensor attentions() const {
    if (!result_.ok()) return bind_tensor({});
    return bind_tensor(result_.value().trace.attentions(AttentionKind::kSelf));
  }
  /// [layers + 1, tokens, d_model]
  BoundTensor hidden_states() const {
    return bind_tensor(result_.ok() ? result_.value().trace.all_hidden_states(Stream::kMain)
                                    : TraceTensor{});
  }

 private:
  Result<RunOutput> result_;
};

FileSlot allocate_file(Engine& engine, ModelHandle model, const std::string& name, double bytes) {
  if (!(bytes >= 0 && bytes <= static_cast<double>(SIZE_MAX))) {
    return {{ErrorCode::kOutOfMemory, concat("file '", name, "' is too large")}, 0};
  }
  const auto memory = engine.allocate_file(model, name, static_cast<size_t>(bytes));
  if (!memory.ok()) return {status_of(memory), 0};
  return {{}, reinterpret_cast<size_t>(memory.value().data())};
}

BoundModelInfo load_model(Engine& engine, ModelHandle model, const LoadOptions& options) {
  const auto loaded = engine.load_model(model, options);
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

std::unique_ptr<RunResult> run(Engine& engine, ModelHandle model, const BoundRunRequest& request) {
  RunRequest native{request.task,
                    request.text,
                    std::nullopt,
                    request.top_k,
                    {request.output_attentions, request.output_hidden_states}};
  if (request.has_text_pair) native.text_pair = request.text_pair;
  return std::make_unique<RunResult>(engine.run(model, native));
}

EMSCRIPTEN_BINDINGS(types) {
  using namespace emscripten;
  register_type<StringArray>("string[]");
  register_type<NumberArray>("number[]");
  register_type<LabelScoreArray>("{ label: string; score: number }[]");
  register_type<Int32Data>("Int32Array");
  register_type<Uint8Data>("Uint8Array");
  register_type<Float32Data>("Float32Array");

  enum_<ErrorCode>("ErrorCode", enum_value_type::string)
      .value("OK", ErrorCode::kOk)
      .value("INVALID_ARGUMENT", ErrorCode::kInvalidArgument)
      .value("INVALID_FORMAT", ErrorCode::kInvalidFormat)
      .value("UNSUPPORTED", ErrorCode::kUnsupported)
      .value("NOT_FOUND", ErrorCode::kNotFound)
      .value("OUT_OF_MEMORY", ErrorCode::kOutOfMemory)
      .value("INTERNAL", ErrorCode::kInternal);
  value_object<Status>("Status").field("code", &Status::code).field("message", &Status::message);
  value_object<FileSlot>("FileSlot")
      .field("status", &FileSlot::status)
      .field("address", &FileSlot::address);
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
  value_object<BoundRunRequest>("RunRequest")
      .field("task", &BoundRunRequest::task)
      .field("text", &BoundRunRequest::text)
      .field("textPair", &BoundRunRequest::text_pair)
      .field("hasTextPair", &BoundRunRequest::has_text_pair)
      .field("topK", &BoundRunRequest::top_k)
      .field("outputAttentions", &BoundRunRequest::output_attentions)
      .field("outputHiddenStates", &BoundRunRequest::output_hidden_states);
  value_object<BoundTokens>("Tokens")
      .field("ids", &BoundTokens::ids)
      .field("tokens", &BoundTokens::tokens)
      .field("offsets", &BoundTokens::offsets)
      .field("special", &BoundTokens::special)
      .field("truncated", &BoundTokens::truncated);
  value_object<BoundTensor>("Tensor")
      .field("data", &BoundTensor::data)
      .field("dims", &BoundTensor::dims);
}

EMSCRIPTEN_BINDINGS(engine) {
  using namespace emscripten;
  class_<RunResult>("RunResult")
      .function("status", &RunResult::status)
      .function("labels", &RunResult::labels)
      .function("tokens", &RunResult::tokens)
      .function("attentions", &RunResult::attentions)
      .function("hiddenStates", &RunResult::hidden_states);
  class_<Engine>("Engine")
      .constructor<>()
      .function("openModel", &Engine::open_model)
      .function("allocateFile", &allocate_file)
      .function("loadModel", &load_model)
      .function("closeModel", &Engine::close_model)
      .function("run", &run);
}

}  // namespace

}  // namespace glassformer
