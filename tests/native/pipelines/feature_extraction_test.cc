#include "pipelines/feature_extraction.h"

#include <cmath>

#include "support/golden.h"
#include "support/pipeline_golden.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::text_at;

class FeatureExtraction : public ::testing::Test {
 protected:
  TraceTensor features(std::string text, std::string options) {
    return golden_.run(std::move(text), std::nullopt, std::move(options))
        .value()
        .tensors.at("features");
  }

  testing::PipelineGolden golden_{"feature-extraction", "feature-extraction"};
};

TEST_F(FeatureExtraction, IsTheLastHiddenStates) {
  for (size_t i = 0; i < golden_.size(); ++i) {
    const JsonValue expected = golden_.at(i).at("features").value();
    const TraceTensor got = features(text_at(golden_.at(i), "text"), "");
    const size_t d_model = got.shape.back();
    ASSERT_EQ(got.shape, (std::vector<size_t>{1, expected.size(), d_model}));
    for (size_t token = 0; token < expected.size(); ++token) {
      testing::expect_numbers(expected[token],
                              std::span(got.data).subspan(token * d_model, d_model));
    }
  }
}

TEST_F(FeatureExtraction, PoolsAndNormalises) {
  const std::string text = text_at(golden_.at(2), "text");
  const TraceTensor all = features(text, "");
  const size_t n_tokens = all.shape[1], d_model = all.shape[2];
  const TraceTensor mean = features(text, R"({"pooling":"mean"})");
  const TraceTensor cls = features(text, R"({"pooling":"cls","normalize":true})");
  EXPECT_EQ(mean.shape, (std::vector<size_t>{1, d_model}));
  double squares = 0;
  for (size_t j = 0; j < d_model; ++j) squares += all.data[j] * all.data[j];
  for (size_t j = 0; j < d_model; ++j) {
    double sum = 0;
    for (size_t i = 0; i < n_tokens; ++i) sum += all.data[i * d_model + j];
    EXPECT_NEAR(mean.data[j], sum / static_cast<double>(n_tokens), 1e-6);
    EXPECT_NEAR(cls.data[j], all.data[j] / std::sqrt(squares), 1e-6);
  }
}

TEST_F(FeatureExtraction, TakesEachOfSeveralTextsItsOwn) {
  const std::vector<RunText> texts{{"word", {}}, {text_at(golden_.at(2), "text"), {}}, {"", {}}};
  for (const char* const options : {"", R"({"pooling":"mean"})", R"({"pooling":"cls"})"}) {
    const auto together = golden_.run(texts, options).value();
    ASSERT_EQ(together.size(), texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      const TraceTensor expected = features(texts[i].text, options);
      const TraceTensor& got = together[i].tensors.at("features");
      ASSERT_EQ(got.shape, expected.shape);
      for (size_t j = 0; j < got.data.size(); ++j) {
        ASSERT_NEAR(got.data[j], expected.data[j], testing::kTolerance);
      }
    }
  }
}

TEST_F(FeatureExtraction, TracesToo) {
  const RunOutput output =
      golden_.run("word", std::nullopt, R"({"output_hidden_states":true})").value();
  const TraceTensor& states = output.trace.all_hidden_states(Stream::kMain);
  const auto& last = output.tensors.at("features").data;
  ASSERT_GT(states.data.size(), last.size());
  EXPECT_TRUE(std::equal(last.rbegin(), last.rend(), states.data.rbegin()));
  EXPECT_EQ(output.json, R"({"dims":[1,3,16]})");
}

TEST_F(FeatureExtraction, DefinesTextsWithoutWords) {
  for (const char* const text : {"", " \n\t ", "😀🎬"}) {
    const TraceTensor pooled = features(text, R"({"pooling":"mean","normalize":true})");
    double squares = 0;
    for (const float value : pooled.data) squares += value * value;
    EXPECT_NEAR(squares, 1, 1e-5) << text;
  }
}

TEST_F(FeatureExtraction, NamesWhatIsWrong) {
  EXPECT_TRUE(fails_with(golden_.run("a", std::nullopt, R"({"pooling":"max"})"),
                         ErrorCode::kInvalidArgument, "pooling: expected none, mean or cls"));
  EXPECT_TRUE(fails_with(golden_.run("a", "b", ""), ErrorCode::kInvalidArgument, "one text"));
  EXPECT_TRUE(fails_with(golden_.run("a", std::nullopt, R"({"quantize":true})"),
                         ErrorCode::kUnsupported, "quantize"));
}

}  // namespace
}  // namespace glassformer
