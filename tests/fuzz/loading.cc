#include "fuzz/loading.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "core/check.h"
#include "engine/engine.h"
#include "support/test_files.h"

namespace glassformer::fuzz {

namespace {

/// An encoder and a decoder whose weights are few, so that the fuzzer meets each; GPT-2's matrices
/// are the ones that are turned.
constexpr std::string_view kConfigs[] = {
    R"({"model_type":"distilbert","architectures":["DistilBertForSequenceClassification"],)"
    R"("activation":"gelu","dim":4,"hidden_dim":6,"n_heads":2,"n_layers":1,"vocab_size":8,)"
    R"("max_position_embeddings":8,"pad_token_id":0,"sinusoidal_pos_embds":false})",
    R"({"model_type":"gpt2","architectures":["GPT2LMHeadModel"],"n_embd":4,"n_inner":6,)"
    R"("n_head":2,"n_layer":1,"vocab_size":8,"n_positions":8})",
};
constexpr const char* kStorages[] = {"auto", "fp32", "fp16", "q8"};

/// Takes up to `count` bytes from the front.
std::string_view take(std::string_view& bytes, size_t count) {
  const std::string_view taken = bytes.substr(0, count);
  bytes.remove_prefix(taken.size());
  return taken;
}

struct Input {
  std::string_view config;
  bool sizes_are_told;
  std::string storage;
  std::array<uint8_t, 4> pieces{};
  std::string_view index;
  std::vector<std::string_view> files;
};

Input read_input(std::string_view bytes) {
  Input input{};
  const std::string_view first = take(bytes, 1);
  const auto choice = static_cast<uint8_t>(first.empty() ? 0 : first[0]);
  input.config = kConfigs[choice & 1U];
  input.sizes_are_told = (choice & 2U) != 0;
  input.storage = kStorages[choice >> 2U & 3U];
  std::ranges::copy(take(bytes, input.pieces.size()), input.pieces.begin());
  input.index = take(bytes, std::min(bytes.find('\0'), bytes.size()));
  take(bytes, 1);
  while (!bytes.empty()) {
    uint32_t length = 0;
    const std::string_view prefix = take(bytes, sizeof(length));
    std::memcpy(&length, prefix.data(), prefix.size());
    input.files.push_back(take(bytes, length));
  }
  return input;
}

testing::Folder folder_of(const Input& input) {
  testing::Folder folder = {{"config.json", std::string(input.config)},
                            {"tokenizer.json", testing::letter_tokenizer('a')}};
  if (!input.index.empty()) folder["model.safetensors.index.json"] = input.index;
  return folder;
}

Result<void> feed(Engine& engine, ModelHandle model, const Input& input, std::string_view file,
                  std::span<std::byte> room) {
  for (size_t i = 0; !file.empty(); ++i) {
    // None at all would never end; nine bits reach beyond a row, a header and a tensor.
    const size_t chosen = size_t{input.pieces[i % input.pieces.size()]} * 2 + 1;
    const auto piece = testing::as_bytes(take(file, chosen));
    std::ranges::copy(piece, room.begin());
    GF_TRY(engine.feed_weights(model, piece.size()));
  }
  return {};
}

/// Feeds the files to those that `names` has, and then one more, for which there is no place.
Result<void> feed_all(Engine& engine, ModelHandle model, const Input& input,
                      const std::vector<std::string>& names) {
  for (size_t i = 0; i < std::min(input.files.size(), names.size()); ++i) {
    std::optional<size_t> size;
    if (input.sizes_are_told) size = input.files[i].size();
    GF_ASSIGN(const auto room, engine.open_weights(model, names[i], size));
    GF_TRY(feed(engine, model, input, input.files[i], room));
  }
  if (input.files.size() <= names.size()) return {};
  GF_CHECK(!engine.open_weights(model, "model.safetensors", std::nullopt).ok());
  return {};
}

using Logits = std::optional<std::vector<float>>;

/// Nothing where the files made no model. Whatever went wrong before, asking for it has to be safe.
Logits run(Engine& engine, ModelHandle model, const Result<ModelInfo>& info) {
  if (!info.ok()) {
    GF_CHECK(!info.error().message().empty());
    GF_CHECK(!engine.finish_load(model).ok());
    return std::nullopt;
  }
  constexpr int32_t kIds[] = {2, 5, 6, 3};
  return engine.forward(model, {kIds}).value().logits.data;
}

/// `names` becomes those of the files that the model expects.
Logits run_pieces(const Input& input, std::vector<std::string>& names) {
  Engine engine;
  const ModelHandle model = testing::add_model(engine, folder_of(input));
  auto expected = engine.begin_load(model, {.dtype = input.storage});
  if (!expected.ok()) return run(engine, model, expected.error());
  names = std::move(expected).value();
  const auto fed = feed_all(engine, model, input, names);
  const auto info = engine.finish_load(model);
  GF_CHECK(fed.ok() || !info.ok());
  return run(engine, model, info);
}

Logits run_whole(const Input& input, const std::vector<std::string>& names) {
  testing::Folder folder = folder_of(input);
  for (size_t i = 0; i < std::min(input.files.size(), names.size()); ++i) {
    folder[names[i]] = input.files[i];
  }
  Engine engine;
  const ModelHandle model = testing::add_model(engine, folder);
  return run(engine, model, engine.load_model(model, {.dtype = input.storage}));
}

}  // namespace

void load_in_pieces(std::string_view bytes) {
  const Input input = read_input(bytes);
  std::vector<std::string> names;
  const Logits pieces = run_pieces(input, names), whole = run_whole(input, names);
  GF_CHECK(pieces.has_value() == whole.has_value());
  if (!pieces) return;
  GF_CHECK(pieces->size() == whole->size());
  // By their bits: finite weights may still overflow on their way.
  GF_CHECK(std::memcmp(pieces->data(), whole->data(), pieces->size() * sizeof(float)) == 0);
}

}  // namespace glassformer::fuzz
