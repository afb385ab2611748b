#include "pipelines/token_classification.h"

#include "support/golden.h"
#include "support/pipeline_golden.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::number_at;
using testing::parse;
using testing::text_at;

void expect_entity(const JsonValue& expected, const JsonValue& got) {
  EXPECT_EQ(got.size(), expected.size());
  for (const char* const key : {"entity", "entity_group", "word"}) {
    ASSERT_EQ(got.find(key).has_value(), expected.find(key).has_value()) << key;
    if (!expected.find(key)) continue;
    EXPECT_EQ(text_at(got, key), text_at(expected, key));
  }
  for (const char* const key : {"index", "start", "end"}) {
    ASSERT_EQ(got.find(key).has_value(), expected.find(key).has_value()) << key;
    if (!expected.find(key)) continue;
    EXPECT_EQ(number_at(got, key), number_at(expected, key)) << key;
  }
  EXPECT_NEAR(number_at(got, "score"), number_at(expected, "score"), testing::kTolerance);
}

class TokenClassification : public ::testing::Test {
 protected:
  Result<RunOutput> run(std::string text, std::string options) {
    return golden_.run(std::move(text), std::nullopt, std::move(options));
  }

  testing::PipelineGolden golden_{"token-classification", "token-classification"};
};

TEST_F(TokenClassification, FindsWhatTheReferenceFinds) {
  for (size_t i = 0; i < golden_.size(); ++i) {
    SCOPED_TRACE(concat("case ", i, ": ", golden_.at(i).at("options").value().text()));
    const auto output =
        run(text_at(golden_.at(i), "text"), golden_.at(i).at("options").value().text());
    ASSERT_TRUE(testing::succeeded(output));
    const JsonDocument got = parse(output.value().json);
    const JsonValue expected = golden_.at(i).at("output").value();
    ASSERT_EQ(got.root().size(), expected.size()) << output.value().json;
    for (size_t k = 0; k < expected.size(); ++k) expect_entity(expected[k], got.root()[k]);
  }
}

TEST_F(TokenClassification, DefinesTextsWithoutWords) {
  for (const char* const text : {"", " \n\t"}) EXPECT_EQ(run(text, "").value().json, "[]");
  EXPECT_TRUE(testing::succeeded(run("😀😀", R"({"aggregation_strategy":"max"})")));
}

TEST_F(TokenClassification, NamesWhatIsWrongWithAnOption) {
  EXPECT_TRUE(fails_with(run("a", R"({"aggregation_strategy":"best"})"),
                         ErrorCode::kInvalidArgument, "none, simple, first, average or max"));
  EXPECT_TRUE(fails_with(run("a", R"({"ignore_labels":[0]})"), ErrorCode::kInvalidArgument,
                         "ignore_labels"));
  EXPECT_TRUE(fails_with(run("a", R"({"grouped_entities":true})"), ErrorCode::kUnsupported,
                         "grouped_entities"));
  EXPECT_TRUE(
      fails_with(golden_.run("a", "b", ""), ErrorCode::kInvalidArgument, "one text, got two"));
}

}  // namespace
}  // namespace glassformer
