#include "support/pipeline_golden.h"

#include "support/golden.h"
#include "support/test_files.h"

namespace glassformer::testing {

PipelineGolden::PipelineGolden(std::string_view folder, std::string task)
    : expected_(
          parse(read_source_file(concat("tests/golden/pipelines/", folder, "/expected.json")))),
      task_(std::move(task)) {
  const std::string path = concat("tests/golden/pipelines/", folder, "/");
  const std::string tokenizer = text_at(expected_.root(), "tokenizer");
  model_ = add_model(
      engine_, {{"config.json", read_source_file(path + "config.json")},
                {"model.safetensors", read_source_file(path + "model.safetensors")},
                {"tokenizer.json", read_source_file(concat("tests/golden/tokenizers/", tokenizer,
                                                           "/tokenizer.json"))}});
  EXPECT_TRUE(succeeded(engine_.load_model(model_, {})));
}

Result<RunOutput> PipelineGolden::run(std::string text, std::optional<std::string> pair,
                                      std::string options) {
  GF_ASSIGN(auto outputs, run({{std::move(text), std::move(pair)}}, std::move(options)));
  return std::move(outputs.front());
}

Result<std::vector<RunOutput>> PipelineGolden::run(std::vector<RunText> texts,
                                                   std::string options) {
  return engine_.run(model_, {task_, std::move(texts), std::move(options)});
}

JsonDocument parse(std::string_view json) { return JsonDocument::parse(json, "json").value(); }

std::string text_at(const JsonValue& object, std::string_view key) {
  return object.at(key).value().string(key).value();
}

double number_at(const JsonValue& object, std::string_view key) {
  return object.at(key).value().number(key).value();
}

void expect_numbers(const JsonValue& expected, std::span<const float> got) {
  ASSERT_EQ(expected.size(), got.size());
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_NEAR(expected[i].number("").value(), got[i], kTolerance) << "number " << i;
  }
}

}  // namespace glassformer::testing
