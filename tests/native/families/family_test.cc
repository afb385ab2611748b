// Every family with every head against the reference implementation, which computed the cases as
// one padded batch.
#include <algorithm>
#include <cstddef>
#include <map>

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

/// "cross_attentions.3" is one of the attentions.
std::string kind_of(std::string_view name) {
  for (const char* kind : {"hidden_states", "attentions"}) {
    if (name.find(kind) != std::string_view::npos) return kind;
  }
  return std::string(name);
}

/// The logits, or of a bare model the last hidden states.
std::vector<float> answer_of(const ForwardOutput& output) {
  if (!output.logits.data.empty()) return output.logits.data;
  const TraceTensor& decoder = output.trace.all_hidden_states(Stream::kDecoder);
  const TraceTensor& main = output.trace.all_hidden_states(Stream::kMain);
  const TraceTensor& all = decoder.data.empty() ? main : decoder;
  const auto last = static_cast<std::ptrdiff_t>(all.data.size() / all.shape[0]);
  return {all.data.end() - last, all.data.end()};
}

/// What int8 may cost models as small as these, over all tokens. Most keep 0.999; Marian's random
/// weights make its attention hang on small differences.
constexpr double kLeastCosine = 0.95;

void append(std::vector<float>& all, const std::vector<float>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

class Family : public ::testing::TestWithParam<const char*> {
 protected:
  /// The model with the head of this architecture.
  ModelHandle load(Engine& engine, const std::string& config, const LoadOptions& options) {
    const testing::Folder folder = {
        {"config.json", config},
        {"model.safetensors", testing::read_source_file(path_of(GetParam(), "model.safetensors"))},
        {"tokenizer.json", testing::letter_tokenizer('f')},
    };
    const ModelHandle model = testing::add_model(engine, folder);
    EXPECT_TRUE(testing::succeeded(engine.load_model(model, options)));
    return model;
  }

  void expect_equals_reference(const std::string& architecture, const std::string& config) {
    SCOPED_TRACE(architecture);
    Engine engine;
    const ModelHandle exact = load(engine, config, {}),
                      int8 = load(engine, config, {.dtype = "q8"});
    const auto cases = testing::read_cases(concat("families/", GetParam()));
    ASSERT_EQ(cases.size(), 3U);
    differences_.clear();
    std::vector<float> exact_answers, int8_answers;
    for (size_t i = 0; i < cases.size(); ++i) {
      SCOPED_TRACE(i);
      const TokenInput input{cases[i].ids, cases[i].type_ids, cases[i].decoder_ids};
      const auto output = engine.forward(exact, input), quantized = engine.forward(int8, input);
      ASSERT_TRUE(testing::succeeded(output));
      ASSERT_TRUE(testing::succeeded(quantized));
      expect_case(i, architecture, trace_to_safetensors(output.value()));
      append(exact_answers, answer_of(output.value()));
      append(int8_answers, answer_of(quantized.value()));
    }
    const double cosine = testing::cosine(exact_answers, int8_answers);
    EXPECT_GT(cosine, kLeastCosine);
    report(architecture, cosine);
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
      const float difference =
          testing::max_difference(expected.at(expected_name(name, architecture)), tensor);
      EXPECT_LE(difference, testing::kTolerance);
      float& largest = differences_[kind_of(name)];
      largest = std::max(largest, difference);
    }
  }

  /// For the table in the README, which tests/parity makes from the report of the test program.
  void report(const std::string& architecture, double cosine) {
    std::string json = concat(R"({"int8_cosine":)", json_number(cosine));
    for (const auto& [kind, difference] : differences_) {
      json += concat(",", json_quote(kind), ":", json_number(difference));
    }
    RecordProperty(architecture, json + "}");
  }

 private:
  std::map<std::string, float> differences_;  // the largest of each kind
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
