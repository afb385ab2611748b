#include "cli/commands.h"

#include "cli/arguments.h"
#include "cli/files.h"
#include "core/json.h"
#include "engine/engine.h"
#include "engine/trace_file.h"

namespace glassformer {

namespace {

Result<LoadOptions> read_load_options(const Arguments& arguments) {
  LoadOptions options;
  if (const auto dtype = arguments.find("--dtype")) options.dtype = *dtype;
  const auto quantize = arguments.find("--quantize");
  if (!quantize) return options;
  if (*quantize != "int8") {
    return fail(ErrorCode::kInvalidArgument, "--quantize: expected int8, got '", *quantize, "'");
  }
  if (arguments.find("--dtype")) {
    return fail(ErrorCode::kInvalidArgument, "--quantize int8 is --dtype q8: expected one of them");
  }
  options.dtype = "q8";
  return options;
}

struct OpenModel {
  ModelHandle handle;
  ModelInfo info;
};

Result<OpenModel> load_folder(Engine& engine, const Arguments& arguments) {
  GF_ASSIGN(const std::string_view folder, arguments.require("--model"));
  GF_ASSIGN(const LoadOptions options, read_load_options(arguments));
  GF_ASSIGN(const ModelHandle handle, open_folder(engine, folder));
  GF_ASSIGN(ModelInfo info, load_weights(engine, handle, folder, options));
  return OpenModel{handle, std::move(info)};
}

/// The positional words from `first` on are a text and perhaps a second one.
Result<TextInput> read_texts(const Arguments& arguments, size_t first) {
  const size_t count = arguments.positional.size();
  if (count < first + 1 || count > first + 2) {
    return fail(ErrorCode::kInvalidArgument, "expected one or two texts, got ",
                count < first ? 0 : count - first);
  }
  TextInput input{arguments.positional[first], std::nullopt};
  if (count == first + 2) input.pair = arguments.positional[first + 1];
  return input;
}

/// --top-k 5 is short for --options '{"top_k":5}', with 0 for all.
Result<std::string> read_options(const Arguments& arguments) {
  const auto options = arguments.find("--options");
  const auto top_k = arguments.find("--top-k");
  if (!top_k) return std::string(options.value_or(""));
  if (options) {
    return fail(ErrorCode::kInvalidArgument, "--top-k: expected in --options, where others are");
  }
  GF_ASSIGN(const size_t count, parse_count(*top_k, "--top-k"));
  return json_object({{"top_k", count == 0 ? "null" : json_number(count)}});
}

std::string tensor_json(const TraceTensor& tensor) {
  return json_object({{"dims", json_array(tensor.shape, json_number<size_t>)},
                      {"data", json_array(tensor.data, [](float x) { return json_number(x); })}});
}

/// The task's answer; where it gives arrays besides, {"output":..,"tensors":{name:{dims,data}}}.
std::string output_json(const RunOutput& output) {
  if (output.tensors.empty()) return output.json;
  std::string tensors;
  for (const auto& [name, tensor] : output.tensors) {
    tensors += concat(tensors.empty() ? "" : ",", json_quote(name), ":", tensor_json(tensor));
  }
  return json_object({{"output", output.json}, {"tensors", concat("{", tensors, "}")}});
}

void note_truncation(size_t truncated, const ModelInfo& info) {
  if (truncated == 0) return;
  std::fprintf(stderr,
               "note: the last %zu tokens did not fit into the model's %zu and were left out\n",
               truncated, info.shape.max_positions);
}

/// A task that generates, to its end; every word after its name is a text.
Result<std::string> generate(Engine& engine, const Arguments& arguments) {
  GenerationRequest request{std::string(arguments.positional[0]), {}, {}};
  request.texts.assign(arguments.positional.begin() + 1, arguments.positional.end());
  GF_ASSIGN(request.options, read_options(arguments));
  GF_ASSIGN(const OpenModel model, load_folder(engine, arguments));
  GF_ASSIGN(Generation generation, engine.start(model.handle, request));
  for (size_t i = 0; i < request.texts.size(); ++i) {
    note_truncation(generation.pipeline->tokens(i).truncated, model.info);
  }
  while (!generation.pipeline->is_finished()) GF_TRY(engine.step(generation));
  return engine.output(generation);
}

Result<std::string> run(Engine& engine, const Arguments& arguments) {
  if (arguments.positional.empty()) return fail(ErrorCode::kInvalidArgument, "expected a task");
  if (Engine::generates(arguments.positional[0])) return generate(engine, arguments);
  GF_ASSIGN(const TextInput input, read_texts(arguments, 1));
  RunRequest request;
  request.task = arguments.positional[0];
  RunText& text = request.texts.emplace_back();
  text.text = input.text;
  if (input.pair) text.pair = *input.pair;
  GF_ASSIGN(request.options, read_options(arguments));
  GF_ASSIGN(const OpenModel model, load_folder(engine, arguments));
  GF_ASSIGN(const auto outputs, engine.run(model.handle, request));
  note_truncation(outputs.front().encoding.truncated, model.info);
  return output_json(outputs.front());
}

Result<std::string> tokenize(Engine& engine, const Arguments& arguments) {
  GF_ASSIGN(const TextInput input, read_texts(arguments, 0));
  GF_ASSIGN(const std::string_view folder, arguments.require("--model"));
  GF_ASSIGN(const ModelHandle model, open_folder(engine, folder));
  GF_ASSIGN(const Encoding encoding, engine.tokenize(model, input));
  const auto render_offset = [](const Offset& offset) {
    return concat("[", offset.start, ",", offset.end, "]");
  };
  return concat(R"({"ids":)", json_array(encoding.ids, json_number<int32_t>), R"(,"tokens":)",
                json_array(encoding.tokens, json_quote), R"(,"offsets":)",
                json_array(encoding.offsets, render_offset), "}");
}

Result<std::string> forward(Engine& engine, const Arguments& arguments) {
  GF_ASSIGN(const std::string_view id_list, arguments.require("--ids"));
  GF_ASSIGN(const std::vector<int32_t> ids, parse_ids(id_list, "--ids"));
  std::vector<int32_t> type_ids;
  if (const auto list = arguments.find("--type-ids")) {
    GF_ASSIGN(type_ids, parse_ids(*list, "--type-ids"));
  }
  std::vector<int32_t> decoder_ids;
  if (const auto list = arguments.find("--decoder-ids")) {
    GF_ASSIGN(decoder_ids, parse_ids(*list, "--decoder-ids"));
  }
  GF_ASSIGN(const std::string_view out, arguments.require("--out"));
  GF_ASSIGN(const OpenModel model, load_folder(engine, arguments));
  GF_ASSIGN(const ForwardOutput output, engine.forward(model.handle, {ids, type_ids, decoder_ids}));
  GF_TRY(write_file(out, trace_to_safetensors(output)));
  return concat(R"({"out":)", json_quote(out), R"(,"tokens":)", ids.size(), R"(,"logits_shape":)",
                shape_string(output.logits.shape), "}");
}

Result<std::string> info(Engine& engine, const Arguments& arguments) {
  GF_ASSIGN(const OpenModel model, load_folder(engine, arguments));
  const ModelInfo& info = model.info;
  std::string bytes;
  for (const auto& [dtype, count] : info.file_bytes) {
    bytes += concat(bytes.empty() ? "" : ",", json_quote(dtype), ":", count);
  }
  return concat(R"({"family":)", json_quote(info.family), R"(,"task":)", json_quote(info.task),
                R"(,"parameters":)", info.weights.parameters, R"(,"bytes":{)", bytes,
                R"(},"weight_bytes":)", info.weights.bytes, R"(,"layers":)", info.shape.n_layers,
                R"(,"heads":)", info.shape.n_heads, R"(,"d_model":)", info.shape.d_model,
                R"(,"vocabulary":)", info.shape.vocab_size, R"(,"max_tokens":)",
                info.shape.max_positions, R"(,"labels":)", json_array(info.labels, json_quote),
                "}");
}

struct Command {
  std::string_view name;
  Result<std::string> (*run)(Engine&, const Arguments&);
  std::vector<std::string_view> options;
};

const Command kCommands[] = {
    {"run", run, {"--model", "--options", "--top-k", "--dtype", "--quantize"}},
    {"tokenize", tokenize, {"--model"}},
    {"forward",
     forward,
     {"--model", "--ids", "--type-ids", "--decoder-ids", "--out", "--dtype", "--quantize"}},
    {"info", info, {"--model", "--dtype", "--quantize"}},
};

}  // namespace

Result<std::string> run_command(std::span<const std::string_view> words) {
  for (const Command& command : kCommands) {
    if (words.empty() || command.name != words[0]) continue;
    GF_ASSIGN(const Arguments arguments, parse_arguments(words.subspan(1), command.options));
    Engine engine;
    return command.run(engine, arguments);
  }
  return fail(ErrorCode::kInvalidArgument,
              "expected a command: run, tokenize, forward or info; see wasm/cli/commands.h");
}

}  // namespace glassformer
