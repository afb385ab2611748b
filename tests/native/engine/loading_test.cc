// Models whose weights come in pieces, in shards, in every storage; and those that do not fit
// together.
#include <algorithm>

#include "engine/engine.h"
#include "engine/trace_file.h"
#include "formats/safetensors.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::Folder;

constexpr const char* kFirst = "model-00001-of-00002.safetensors";
constexpr const char* kSecond = "model-00002-of-00002.safetensors";
constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kPooler = "bert.pooler.dense.weight";

Folder golden() { return testing::read_golden("bert-classification"); }

using Tensors = std::map<std::string, TensorView>;

std::string file_of(const Tensors& tensors) {
  std::vector<NamedTensor> list;
  for (const auto& [name, tensor] : tensors) {
    const auto* floats = reinterpret_cast<const float*>(tensor.bytes.data());
    list.push_back({name, tensor.shape, {floats, tensor.element_count()}});
  }
  const auto file = write_safetensors(list);
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

/// The golden model in two shards and an index.
struct Shards {
  Shards() : whole(golden().at("model.safetensors")) {
    const auto all = parse_safetensors(testing::as_bytes(whole), "m").value();
    for (const auto& [name, tensor] : all) {
      (tensors[kFirst].size() <= tensors[kSecond].size() ? tensors[kFirst] : tensors[kSecond])
          .emplace(name, tensor);
      total += tensor.bytes.size();
    }
    for (const char* file : {kFirst, kSecond}) {
      for (const auto& [name, tensor] : tensors[file]) place[name] = file;
    }
  }

  std::string index() const {
    std::string map;
    for (const auto& [name, file] : place) {
      map += concat(map.empty() ? "" : ",", "\"", name, "\":\"", file, "\"");
    }
    const std::string size = total > 0 ? concat("\"total_size\":", total) : "";
    return concat(R"({"metadata":{)", size, R"(},"weight_map":{)", map, "}}");
  }

  Folder folder() const {
    Folder files = golden();
    files.erase("model.safetensors");
    for (const auto& [name, part] : tensors) files[name] = file_of(part);
    files[kIndex] = index();
    return files;
  }

  std::string whole;
  std::map<std::string, Tensors> tensors;
  std::map<std::string, std::string> place;
  size_t total = 0;
};

Result<ModelInfo> load(const Folder& folder, std::string dtype = "auto") {
  Engine engine;
  return engine.load_model(testing::add_model(engine, folder), {.dtype = std::move(dtype)});
}

/// The logits of a loaded model.
std::vector<float> logits(Engine& engine, ModelHandle model) {
  const std::vector<int32_t> ids = {2, 5, 6, 3};
  return engine.forward(model, {ids}).value().logits.data;
}

std::vector<float> logits_of(const Folder& folder, std::string dtype = "auto") {
  Engine engine;
  const ModelHandle model = testing::add_model(engine, folder);
  EXPECT_TRUE(testing::succeeded(engine.load_model(model, {.dtype = std::move(dtype)})));
  return logits(engine, model);
}

/// Feeds the weights in pieces of `piece` bytes.
Result<void> stream(Engine& engine, ModelHandle model, std::string_view weights, size_t piece) {
  GF_ASSIGN(const auto room, engine.open_weights(model, "model.safetensors", std::nullopt));
  for (size_t begin = 0; begin < weights.size(); begin += piece) {
    const auto part = testing::as_bytes(weights.substr(begin, piece));
    std::ranges::copy(part, room.begin());
    GF_TRY(engine.feed_weights(model, part.size()));
  }
  return {};
}

TEST(Loading, PiecesGiveTheSameModel) {
  const Folder folder = golden();
  for (const size_t piece : {size_t{1}, size_t{4097}}) {
    Engine engine;
    Folder small = folder;
    small.erase("model.safetensors");
    const ModelHandle model = testing::add_model(engine, small);
    EXPECT_EQ(engine.begin_load(model, {}).value(), std::vector<std::string>{"model.safetensors"});
    ASSERT_TRUE(testing::succeeded(stream(engine, model, folder.at("model.safetensors"), piece)));
    ASSERT_TRUE(testing::succeeded(engine.finish_load(model)));
    EXPECT_EQ(logits(engine, model), logits_of(folder));
  }
}

TEST(Loading, NothingRunsBeforeTheLastByte) {
  Engine engine;
  Folder small = golden();
  const std::string weights = small.extract("model.safetensors").mapped();
  const ModelHandle model = testing::add_model(engine, small);
  const std::vector<int32_t> ids = {2, 3};
  ASSERT_TRUE(engine.begin_load(model, {}).ok());
  const std::string_view part = std::string_view(weights).substr(0, weights.size() - 1);
  ASSERT_TRUE(testing::succeeded(stream(engine, model, part, 1000)));
  EXPECT_TRUE(fails_with(engine.forward(model, {ids}), ErrorCode::kInvalidArgument, "not loaded"));
  EXPECT_FALSE(engine.finish_load(model).ok());
  EXPECT_TRUE(fails_with(engine.forward(model, {ids}), ErrorCode::kInvalidArgument, "not loaded"));
}

TEST(Loading, CallsOutOfOrderAreErrors) {
  Engine engine;
  Folder small = golden();
  small.erase("model.safetensors");
  const ModelHandle model = testing::add_model(engine, small);
  EXPECT_TRUE(fails_with(engine.open_weights(model, "model.safetensors", 8),
                         ErrorCode::kInvalidArgument, "not being loaded"));
  EXPECT_TRUE(
      fails_with(engine.finish_load(model), ErrorCode::kInvalidArgument, "not being loaded"));
  ASSERT_TRUE(engine.begin_load(model, {}).ok());
  EXPECT_TRUE(fails_with(engine.open_weights(model, "other.safetensors", 8),
                         ErrorCode::kInvalidArgument, "'other.safetensors'"));
  EXPECT_TRUE(
      fails_with(engine.feed_weights(model, SIZE_MAX), ErrorCode::kInvalidArgument, "at most"));
  EXPECT_TRUE(
      fails_with(engine.feed_weights(model, 1), ErrorCode::kInvalidArgument, "no file of weights"));
}

TEST(Loading, EveryStorageComputesTheSameModel) {
  const Folder folder = golden();
  const auto exact = logits_of(folder, "fp32"), as_stored = logits_of(folder);
  EXPECT_EQ(exact, as_stored);
  const auto half = logits_of(folder, "fp16"), int8 = logits_of(folder, "q8");
  for (size_t i = 0; i < exact.size(); ++i) {
    EXPECT_NEAR(half[i], exact[i], 0.02) << i;
    EXPECT_NEAR(int8[i], exact[i], 0.2) << i;
  }
  EXPECT_NE(half, exact);
  const size_t floats = load(folder, "fp32").value().weights.bytes;
  const size_t halves = load(folder, "fp16").value().weights.bytes;
  EXPECT_LT(halves, floats * 6 / 10);
  EXPECT_LT(load(folder, "q8").value().weights.bytes, halves);
}

TEST(Loading, AnUnknownStorageIsNamed) {
  EXPECT_TRUE(fails_with(load(golden(), "q4"), ErrorCode::kInvalidArgument,
                         "dtype 'q4': expected one of auto, fp32, fp16, q8"));
}

TEST(Loading, ShardsGiveTheSameModel) {
  const Shards shards;
  EXPECT_EQ(logits_of(shards.folder()), logits_of(golden()));
  const ModelInfo info = load(shards.folder()).value();
  EXPECT_EQ(info.file_bytes.at("F32"), shards.total);
}

TEST(Loading, ShardsOfUnknownSizeAreTakenAsLarge) {
  Shards shards;
  shards.total = 0;
  EXPECT_LT(load(shards.folder()).value().weights.bytes, Shards().total / 2);
  EXPECT_EQ(load(shards.folder(), "fp32").value().weights.bytes, Shards().total);
}

TEST(Loading, ShardsThatDoNotFitTogetherAreNamed) {
  Shards shards;
  Folder missing = shards.folder();
  missing.erase(kSecond);
  EXPECT_TRUE(fails_with(load(missing), ErrorCode::kNotFound, concat("'", kSecond, "'")));

  Shards nowhere;
  nowhere.place.erase(kPooler);
  EXPECT_TRUE(fails_with(load(nowhere.folder()), ErrorCode::kNotFound, kPooler));

  Shards unlisted;  // one that the model does not need, so that only the index can tell
  const std::string owner = unlisted.place.at(kPooler);
  unlisted.tensors[owner].emplace("extra", unlisted.tensors[owner].begin()->second);
  EXPECT_TRUE(
      fails_with(load(unlisted.folder()), ErrorCode::kInvalidFormat, "'extra' is in no file"));

  Shards twice;
  const std::string home = twice.place.at(kPooler), other = home == kFirst ? kSecond : kFirst;
  twice.tensors[other].emplace(kPooler, twice.tensors[home].at(kPooler));
  EXPECT_TRUE(fails_with(load(twice.folder()), ErrorCode::kInvalidFormat,
                         concat(other, ": tensor '", kPooler, "' belongs into ", home)));

  Shards absent;
  absent.tensors[home].erase(kPooler);
  EXPECT_TRUE(fails_with(load(absent.folder()), ErrorCode::kNotFound,
                         concat(home, ": tensor '", kPooler, "' is missing")));

  Shards total;
  total.total += 4;
  EXPECT_TRUE(fails_with(load(total.folder()), ErrorCode::kInvalidFormat, "total_size"));
}

TEST(Loading, AnIndexThatIsNoneIsNamed) {
  const struct {
    const char* index;
    ErrorCode code;
    const char* message;
  } cases[] = {
      {"[]", ErrorCode::kInvalidFormat, "an object"},
      {"{}", ErrorCode::kNotFound, "weight_map"},
      {R"({"weight_map":[]})", ErrorCode::kInvalidFormat, "an object"},
      {R"({"weight_map":{"a":7}})", ErrorCode::kInvalidFormat, "a string"},
      {R"({"weight_map":{"a":"../a.safetensors"}})", ErrorCode::kInvalidFormat, "'../a"},
      {R"({"weight_map":{"a":"a.bin"}})", ErrorCode::kInvalidFormat, "'a.bin'"},
      {R"({"metadata":{"total_size":-1},"weight_map":{}})", ErrorCode::kInvalidFormat,
       "total_size"},
      {R"({"weight_map":{}})", ErrorCode::kNotFound, "is missing"},
  };
  for (const auto& c : cases) {
    Folder folder = Shards().folder();
    folder[kIndex] = c.index;
    EXPECT_TRUE(fails_with(load(folder), c.code, c.message)) << c.index;
  }
}

TEST(Loading, AModelThatDoesNotFitIsRefusedAtTheHeader) {
  Folder folder = golden();
  std::string& config = folder["config.json"];
  const std::string_view rows = "\"vocab_size\": 60";
  config.replace(config.find(rows), rows.size(), "\"vocab_size\": 59");
  const std::string weights = folder.extract("model.safetensors").mapped();
  Engine engine;
  const ModelHandle model = testing::add_model(engine, folder);
  ASSERT_TRUE(engine.begin_load(model, {}).ok());
  uint64_t header = 0;
  std::copy_n(weights.data(), sizeof(header), reinterpret_cast<char*>(&header));
  const auto first = std::string_view(weights).substr(0, sizeof(header) + header);
  EXPECT_TRUE(fails_with(stream(engine, model, first, 100), ErrorCode::kInvalidFormat,
                         "expected [59, 32], got [60, 32]"));
}

}  // namespace
}  // namespace glassformer
