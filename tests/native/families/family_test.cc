// Every family with every head against the reference implementation, which computed the cases as
// one padded batch.
#include <algorithm>

#include <gtest/gtest.h>

#include "core/json.h"
#include "engine/engine.h"
#include "engine/trace_file.h"
#include "support/golden.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

std::string path_of(std::string_view family, std::string_view file) {
  return concat("tests/golden/models/families/", family, "/", file);
}

/// "logits.<architecture>" where that is the one at hand; hidden states and attentions are the same
/// for all.
std::string expected_name(std::string_view got, std::string_view architecture) {
  return got == "logits" ? concat(got, ".", architecture) : std::string(got);
}

class Family : public ::testing::TestWithParam<const char*> {
 protected:
  /// The model with the head of this architecture.
  ModelHandle load(Engine& engine, const std::string& config) {
    const testing::Folder folder = {
        {"config.json", config},
        {"model.safetensors", testing::read_source_file(path_of(GetParam(), "model.safetensors"))},
        {"tokenizer.json", testing::letter_tokenizer('f')},
    };
    const ModelHandle model = testing::add_model(engine, folder);
    EXPECT_TRUE(testing::succeeded(engine.load_model(model, {})));
    return model;
  }

  void expect_equals_reference(const std::string& architecture, const std::string& config) {
    SCOPED_TRACE(architecture);
    Engine engine;
    const ModelHandle model = load(engine, config);
    const auto cases = testing::read_cases(concat("families/", GetParam()));
    ASSERT_EQ(cases.size(), 3U);
    for (size_t i = 0; i < cases.size(); ++i) {
      SCOPED_TRACE(i);
      const auto output =
          engine.forward(model, {cases[i].ids, cases[i].type_ids, cases[i].decoder_ids});
      ASSERT_TRUE(testing::succeeded(output));
      expect_case(i, architecture, trace_to_safetensors(output.value()));
    }
  }

  void expect_case(size_t index, const std::string& architecture,
                   const std::vector<std::byte>& trace) {
    const std::string file = testing::read_source_file(path_of(GetParam(), "expected.safetensors"));
    const auto all = parse_safetensors(testing::as_bytes(file), "expected").value();
    const auto expected = testing::select_case(all, index);
    const auto got = parse_safetensors(trace, "got").value();
    EXPECT_GE(got.size(), 5U);
    EXPECT_EQ(got.contains("logits"), expected.contains(expected_name("logits", architecture)));
    for (const auto& [name, tensor] : got) {
      SCOPED_TRACE(name);
      ASSERT_TRUE(expected.contains(expected_name(name, architecture)));
      testing::expect_close(expected.at(expected_name(name, architecture)), tensor);
    }
  }
};

TEST_P(Family, EqualsTheReferenceWithEveryHead) {
  const auto heads = JsonDocument::parse(
      testing::read_source_file(path_of(GetParam(), "heads.json")), "heads.json");
  ASSERT_GE(heads.value().root().size(), 1U);
  ASSERT_TRUE(heads.value()
                  .root()
                  .for_each_member([this](const std::string& name, JsonValue config) {
                    expect_equals_reference(name, config.string(name).value());
                    return Result<void>();
                  })
                  .ok());
}

INSTANTIATE_TEST_SUITE_P(All, Family,
                         ::testing::Values("albert", "bart", "bert", "camembert", "ctrl",
                                           "distilbert", "dpr-context", "dpr-question", "electra",
                                           "gpt2", "gpt2-scaled", "marian", "mbart", "mpnet",
                                           "openai-gpt", "pegasus", "roberta", "t5", "t5-gated",
                                           "xlm-roberta"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace glassformer
