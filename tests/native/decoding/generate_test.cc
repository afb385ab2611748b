// Generation against transformers' generate(): token for token, and score for score within 1e-3, as
// tests/golden/models/make_generation.py wrote it down.
#include <gtest/gtest.h>

#include "core/json.h"
#include "decoding/generation_config.h"
#include "decoding/token_generation.h"
#include "engine/model_loader.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

constexpr float kScoreTolerance = 1e-3F;

std::string file_of(std::string_view model, std::string_view name) {
  return testing::read_source_file(concat("tests/golden/models/generation/", model, "/", name));
}

TokenSequence read_ids(JsonValue array) {
  TokenSequence ids;
  for (size_t i = 0; i < array.size(); ++i) {
    ids.push_back(static_cast<int32_t>(array[i].integer("ids").value()));
  }
  return ids;
}

class Generate : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    auto loaded = load_model_files(files_, {});
    ASSERT_TRUE(testing::succeeded(loaded));
    loaded_ = std::move(loaded).value();
    defaults_ = read_generation_config(file_of(GetParam(), "generation_config.json"),
                                       "generation_config.json")
                    .value();
    cases_ = JsonDocument::parse(file_of(GetParam(), "cases.json"), "cases.json").value();
  }

  JsonValue cases() const { return cases_->root().at("cases").value(); }

  GenerationOptions options_of(JsonValue c) const {
    auto request = RequestOptions::parse(c.at("options").value().text(), "generate").value();
    auto options = read_generation_request(request, defaults_);
    EXPECT_TRUE(testing::succeeded(options));
    EXPECT_TRUE(testing::succeeded(request.finish()));
    const auto numbers = c.find("numbers");
    for (size_t i = 0; numbers && i < numbers->size(); ++i) {
      options.value().fixed_random_numbers.push_back((*numbers)[i].number("numbers").value());
    }
    return options.value();
  }

  GenerationInput input_of(JsonValue c) const {
    const TokenSequence ids = read_ids(c.at("ids").value());
    if (loaded_->model->head() == Head::kCausalLm) return {{}, ids};
    return {ids, {defaults_.decoder_start_token_id.value()}};
  }

  std::unique_ptr<TokenGeneration> run(const GenerationOptions& options,
                                       std::vector<GenerationInput> inputs) {
    auto generation = TokenGeneration::create(*loaded_->model, options, std::move(inputs));
    EXPECT_TRUE(testing::succeeded(generation));
    while (!generation.value()->is_finished()) generation.value()->step(context_);
    return std::move(generation).value();
  }

  static void expect_results(JsonValue c, const std::vector<Hypothesis>& results) {
    const JsonValue sequences = c.at("sequences").value(), scores = c.at("scores").value();
    ASSERT_EQ(results.size(), sequences.size());
    for (size_t i = 0; i < results.size(); ++i) {
      EXPECT_EQ(results[i].ids, read_ids(sequences[i])) << i;
      EXPECT_NEAR(results[i].score, scores[i].number("scores").value(), kScoreTolerance) << i;
    }
  }

  ModelFiles files_ = testing::model_files({
      {"config.json", file_of(GetParam(), "config.json")},
      {"model.safetensors", file_of(GetParam(), "model.safetensors")},
  });
  std::unique_ptr<LoadedModel> loaded_;
  GenerationOptions defaults_;
  std::optional<JsonDocument> cases_;
  Workspace workspace_;
  Tracer silent_;
  ForwardContext context_{workspace_, silent_};
};

TEST_P(Generate, EqualsTheReference) {
  ASSERT_GE(cases().size(), 50U);
  for (size_t i = 0; i < cases().size(); ++i) {
    SCOPED_TRACE(cases()[i].text());
    const GenerationOptions options = options_of(cases()[i]);
    const auto generation = run(options, {input_of(cases()[i])});
    expect_results(cases()[i], generation->results(0));
  }
}

TEST_P(Generate, TextsOfOneRequestDoNotTouchEachOther) {
  // The recipe runs every set of options on two texts in turn.
  for (size_t i = 0; i + 1 < cases().size(); i += 2) {
    const JsonValue first = cases()[i], second = cases()[i + 1];
    if (first.find("numbers")) continue;  // drawn for each alone
    SCOPED_TRACE(first.text());
    const GenerationOptions options = options_of(first);
    const auto generation = run(options, {input_of(first), input_of(second), input_of(first)});
    expect_results(first, generation->results(0));
    expect_results(second, generation->results(1));
    expect_results(first, generation->results(2));
  }
}

TEST_P(Generate, TheSameSeedGivesTheSameText) {
  GenerationOptions options = defaults_;
  options.do_sample = true;
  options.num_return_sequences = 3;
  options.temperature = 3;  // far from certain of anything
  options.seed = 7;
  const GenerationInput input = input_of(cases()[0]);
  const auto one = run(options, {input})->results(0), same = run(options, {input})->results(0);
  options.seed = 8;
  const auto other = run(options, {input})->results(0);
  ASSERT_EQ(one.size(), 3U);
  size_t differences = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].ids, same[i].ids);
    differences += one[i].ids != other[i].ids ? 1 : 0;
  }
  EXPECT_GT(differences, 0U);
  EXPECT_FALSE(one[0].ids == one[1].ids && one[1].ids == one[2].ids);
}

INSTANTIATE_TEST_SUITE_P(Models, Generate, ::testing::Values("marian", "bart", "t5", "gpt2"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace glassformer
