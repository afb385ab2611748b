#include "engine/engine.h"

#include <numeric>

#include "core/json.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

using testing::fails_with;

std::vector<double> scores_of(const std::string& json) {
  const JsonDocument document = JsonDocument::parse(json, "output").value();
  std::vector<double> scores;
  for (size_t i = 0; i < document.root().size(); ++i) {
    scores.push_back(document.root()[i].at("score").value().number("score").value());
  }
  return scores;
}

class EngineRun : public ::testing::Test {
 protected:
  void SetUp() override {
    model_ = testing::add_model(engine_, testing::read_golden("bert-classification"));
    ASSERT_TRUE(testing::succeeded(engine_.load_model(model_, {})));
  }

  Result<RunOutput> run(std::string text, std::string options) {
    GF_ASSIGN(auto outputs, engine_.run(model_, {"text-classification",
                                                 {{std::move(text), std::nullopt}},
                                                 std::move(options)}));
    return std::move(outputs.front());
  }
  Result<RunOutput> classify(std::string text) {
    return run(std::move(text),
               R"({"top_k":null,"output_attentions":true,"output_hidden_states":true})");
  }

  Engine engine_;
  ModelHandle model_ = 0;
};

TEST_F(EngineRun, GivesADistributionBestFirst) {
  const auto output = classify("hello you");
  ASSERT_TRUE(testing::succeeded(output));
  const std::vector<double> scores = scores_of(output.value().json);
  ASSERT_EQ(scores.size(), 3U);
  EXPECT_GE(scores[0], scores[1]);
  EXPECT_GE(scores[1], scores[2]);
  EXPECT_NEAR(scores[0] + scores[1] + scores[2], 1.0, 1e-6);
  EXPECT_EQ(scores_of(run("hello you", "").value().json).size(), 1U);
  EXPECT_EQ(scores_of(run("hello you", R"({"top_k":9})").value().json).size(), 3U);
}

TEST_F(EngineRun, CopiesNoTraceThatIsNotAskedFor) {
  const RunOutput output = run("ab c", "{}").value();
  EXPECT_TRUE(output.trace.attentions(AttentionKind::kSelf).data.empty());
  EXPECT_TRUE(output.trace.all_hidden_states(Stream::kMain).data.empty());
}

TEST_F(EngineRun, TracesTheTokensItReports) {
  const auto output = classify("ab c");
  const RunOutput& run = output.value();
  EXPECT_EQ(run.encoding.tokens, (std::vector<std::string>{"[CLS]", "a", "##b", "c", "[SEP]"}));
  const TraceTensor& attentions = run.trace.attentions(AttentionKind::kSelf);
  EXPECT_EQ(attentions.shape, (std::vector<size_t>{2, 4, 5, 5}));
  for (size_t row = 0; row < attentions.data.size(); row += 5) {
    EXPECT_NEAR(std::accumulate(&attentions.data[row], &attentions.data[row] + 5, 0.0F), 1.0F,
                1e-5);
  }
  EXPECT_EQ(run.trace.all_hidden_states(Stream::kMain).shape, (std::vector<size_t>{3, 5, 32}));
}

TEST_F(EngineRun, DefinesEmptyHugeAndIllFormedTexts) {
  EXPECT_EQ(classify("").value().encoding.size(), 2U);
  const auto huge = classify(std::string(100'000, 'a') + " b c");
  ASSERT_TRUE(testing::succeeded(huge));
  const auto words = classify([] {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += "a ";
    return text;
  }());
  ASSERT_TRUE(testing::succeeded(words));
  EXPECT_EQ(words.value().encoding.size(), 24U);
  EXPECT_EQ(words.value().encoding.truncated, 50'000U - 22U);
  ASSERT_TRUE(testing::succeeded(classify("a \xED\xA0\x80 b \xff\xfe")));
}

TEST_F(EngineRun, IsTheSameEveryTime) {
  const std::string first = classify("one").value().json;
  ASSERT_TRUE(classify("something much longer than that").ok());
  EXPECT_EQ(first, classify("one").value().json);
}

TEST_F(EngineRun, GivesEachOfSeveralTextsWhatItHasAlone) {
  const std::vector<std::string> texts{"one", "", "a text that is longer", "one", "two words"};
  std::vector<RunText> request;
  for (const std::string& text : texts) request.push_back({text, std::nullopt});
  request[4].pair = "and a pair";
  for (const char* const options : {R"({"top_k":null})", R"({"top_k":null,"mask_tokens":[1]})",
                                    R"({"top_k":null,"output_attentions":true})"}) {
    const auto together = engine_.run(model_, {"text-classification", request, options}).value();
    ASSERT_EQ(together.size(), request.size());
    for (size_t i = 0; i < request.size(); ++i) {
      SCOPED_TRACE(i);
      const auto alone =
          engine_.run(model_, {"text-classification", {request[i]}, options}).value();
      EXPECT_EQ(together[i].encoding.ids, alone[0].encoding.ids);
      const auto expected = scores_of(alone[0].json), got = scores_of(together[i].json);
      ASSERT_EQ(got.size(), expected.size());
      for (size_t k = 0; k < got.size(); ++k) EXPECT_NEAR(got[k], expected[k], 1e-6);
      EXPECT_EQ(together[i].trace.attentions(AttentionKind::kSelf).shape,
                alone[0].trace.attentions(AttentionKind::kSelf).shape);
    }
  }
}

TEST_F(EngineRun, NamesWhatIsWrongWithAnOption) {
  EXPECT_TRUE(
      fails_with(run("a", R"({"top_k":0})"), ErrorCode::kInvalidArgument,
                 "text-classification: top_k: expected a whole number of 1 or more, got 0"));
  EXPECT_TRUE(fails_with(run("a", R"({"top_k":1.5})"), ErrorCode::kInvalidArgument, "got 1.5"));
  EXPECT_TRUE(fails_with(run("a", R"({"output_attentions":1})"), ErrorCode::kInvalidArgument,
                         "output_attentions: expected true or false"));
  EXPECT_TRUE(fails_with(run("a", R"({"function_to_apply":"none"})"), ErrorCode::kUnsupported,
                         "\"function_to_apply\" is not supported; it knows output_attentions"));
  EXPECT_TRUE(fails_with(run("a", "top_k"), ErrorCode::kInvalidArgument, "a JSON object"));
  EXPECT_TRUE(fails_with(run("a", "[]"), ErrorCode::kInvalidArgument, "a JSON object"));
}

TEST_F(EngineRun, NamesWhatIsWrongWithARequest) {
  const std::vector<RunText> texts{{"a", std::nullopt}};
  EXPECT_TRUE(
      fails_with(engine_.run(model_, {"poetry", texts, {}}), ErrorCode::kUnsupported, "'poetry'"));
  EXPECT_TRUE(
      fails_with(engine_.run(99, {"text-classification", texts, {}}), ErrorCode::kNotFound, "99"));
  EXPECT_TRUE(engine_.run(model_, {"text-classification", {}, {}}).value().empty());
  const std::vector<int32_t> out_of_range = {2, 60}, negative = {-1}, none = {}, too_many(25, 3),
                             fine = {2, 3}, bad_types = {0, 2};
  EXPECT_TRUE(fails_with(engine_.forward(model_, {out_of_range, {}}), ErrorCode::kInvalidArgument,
                         "token id 60"));
  EXPECT_TRUE(fails_with(engine_.forward(model_, {negative, {}}), ErrorCode::kInvalidArgument,
                         "token id -1"));
  EXPECT_TRUE(
      fails_with(engine_.forward(model_, {none, {}}), ErrorCode::kInvalidArgument, "got 0"));
  EXPECT_TRUE(
      fails_with(engine_.forward(model_, {too_many, {}}), ErrorCode::kInvalidArgument, "got 25"));
  EXPECT_TRUE(fails_with(engine_.forward(model_, {fine, negative}), ErrorCode::kInvalidArgument,
                         "2 token type ids"));
  EXPECT_TRUE(fails_with(engine_.forward(model_, {fine, bad_types}), ErrorCode::kInvalidArgument,
                         "token type id 2"));
}

TEST(EngineModels, ABareEncoderClassifiesNothing) {
  Engine engine;
  const ModelHandle model =
      testing::add_model(engine, testing::read_golden("distilbert-bare-relu"));
  EXPECT_EQ(engine.load_model(model, {}).value().task, "feature-extraction");
  EXPECT_TRUE(fails_with(engine.run(model, {"sentiment-analysis", {{"a", std::nullopt}}, {}}),
                         ErrorCode::kUnsupported, "DistilBertModel"));
}

TEST(EngineModels, ClosedAndEmptyModelsAreErrors) {
  Engine engine;
  const ModelHandle model = engine.open_model();
  EXPECT_TRUE(fails_with(engine.load_model(model, {}), ErrorCode::kNotFound, "tokenizer.json"));
  EXPECT_TRUE(fails_with(engine.forward(model, {}), ErrorCode::kInvalidArgument, "not loaded"));
  engine.close_model(model);
  engine.close_model(model);
  EXPECT_TRUE(
      fails_with(engine.allocate_file(model, "config.json", 1), ErrorCode::kNotFound, "handle"));
}

TEST(EngineModels, CountsParametersAndBytes) {
  Engine engine;
  const ModelHandle model = testing::add_model(engine, testing::read_golden("bert-classification"));
  const ModelInfo info = engine.load_model(model, {}).value();
  EXPECT_EQ(info.weights.bytes, info.weights.parameters * sizeof(float));
  EXPECT_EQ(info.file_bytes.at("F32"), info.weights.bytes);
  const ModelHandle small = testing::add_model(engine, testing::read_golden("bert-classification"));
  const ModelInfo quantized = engine.load_model(small, {.dtype = "q8"}).value();
  EXPECT_EQ(quantized.weights.parameters, info.weights.parameters);
  EXPECT_LT(quantized.weights.bytes, info.weights.bytes / 2);
  const ModelHandle other = testing::add_model(engine, testing::read_golden("bert-classification"));
  EXPECT_TRUE(
      fails_with(engine.load_model(other, {.dtype = "q3"}), ErrorCode::kInvalidArgument, "'q3'"));
}

}  // namespace
}  // namespace glassformer
