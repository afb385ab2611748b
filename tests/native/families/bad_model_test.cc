// Damaged and unsupported models: each refused with an error that names what is wrong.
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::Folder;

Result<ModelInfo> load(const Folder& folder) {
  Engine engine;
  return engine.load_model(testing::add_model(engine, folder), {});
}

Folder golden() { return testing::read_golden("bert-classification"); }

/// Replaces the first `from` of a file by `to`; the file must hold it.
void replace(std::string& file, std::string_view from, std::string_view to) {
  const size_t at = file.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  file.replace(at, from.size(), to);
}

TEST(BadModel, TheIntactOneLoads) { EXPECT_TRUE(testing::succeeded(load(golden()))); }

TEST(BadModel, MissingFilesAreNamed) {
  for (const char* name : {"config.json", "model.safetensors", "tokenizer.json"}) {
    Folder folder = golden();
    folder.erase(name);
    EXPECT_TRUE(fails_with(load(folder), ErrorCode::kNotFound, name));
  }
}

TEST(BadModel, ConfigErrorsAreNamed) {
  const struct {
    const char* from;
    const char* to;
    ErrorCode code;
    const char* message;
  } cases[] = {
      {"\"hidden_size\"", "\"hidden\"", ErrorCode::kNotFound, "'hidden_size'"},
      {"\"hidden_size\": 32", "\"hidden_size\": 30", ErrorCode::kInvalidFormat,
       "30 cannot be divided among 4"},
      {"\"hidden_size\": 32", "\"hidden_size\": 64", ErrorCode::kInvalidFormat,
       "expected [64], got [32]"},
      {"\"hidden_size\": 32", "\"hidden_size\": \"x\"", ErrorCode::kInvalidFormat,
       "expected an integer"},
      {"\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", ErrorCode::kNotFound,
       "bert.encoder.layer.2."},
      {"\"hidden_act\": \"gelu\"", "\"hidden_act\": \"mish\"", ErrorCode::kUnsupported, "'mish'"},
      {"\"model_type\": \"bert\"", "\"model_type\": \"longformer\"", ErrorCode::kUnsupported,
       "'longformer'"},
      {"BertForSequenceClassification", "BertForPreTraining", ErrorCode::kUnsupported,
       "'BertForPreTraining'"},
      {"\"is_decoder\": false", "\"is_decoder\": true", ErrorCode::kUnsupported, "is_decoder"},
      {"{", "", ErrorCode::kInvalidFormat, "not valid JSON"},
  };
  for (const auto& c : cases) {
    Folder folder = golden();
    replace(folder["config.json"], c.from, c.to);
    EXPECT_TRUE(fails_with(load(folder), c.code, c.message)) << c.to;
  }
}

TEST(BadModel, AMissingTensorIsNamed) {
  Folder folder = golden();
  replace(folder["model.safetensors"], "bert.pooler.dense.bias", "bert.pooler.dense.bits");
  EXPECT_TRUE(fails_with(load(folder), ErrorCode::kNotFound, "'bert.pooler.dense.bias' [32]"));
}

TEST(BadModel, AnUnexpectedDtypeIsNamed) {
  Folder folder = golden();
  replace(folder["model.safetensors"], "\"F32\"", "\"I32\"");
  EXPECT_TRUE(fails_with(load(folder), ErrorCode::kInvalidFormat, "got I32"));
}

TEST(BadModel, NaNIsNamed) {
  Folder folder = golden();
  std::string& file = folder["model.safetensors"];
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(file.data() + file.size() - sizeof(kNan), &kNan, sizeof(kNan));
  EXPECT_TRUE(fails_with(load(folder), ErrorCode::kInvalidFormat, "is NaN"));
}

TEST(BadModel, AVocabularyLargerThanTheEmbeddingIsRefused) {
  Folder folder = golden();
  replace(folder["tokenizer.json"], "\"##z\":56",
          "\"##z\":56,\"aa\":57,\"bb\":58,\"cc\":59,\"dd\":60");
  EXPECT_TRUE(fails_with(load(folder), ErrorCode::kInvalidFormat, "61 tokens"));
}

}  // namespace
}  // namespace glassformer
