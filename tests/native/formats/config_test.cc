#include "formats/config.h"

#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;

JsonDocument parse(std::string_view text) {
  return JsonDocument::parse(text, "config.json").value();
}

TEST(Config, ReadsLabelsInOrderOfTheirIds) {
  std::string id2label;
  for (int i = 0; i < 12; ++i) id2label += concat(i == 0 ? "" : ",", "\"", i, "\":\"L", i, "\"");
  const auto document = parse(concat(R"({"model_type":"bert","id2label":{)", id2label, "}}"));
  const auto config = read_model_config(document.root());
  ASSERT_TRUE(testing::succeeded(config));
  EXPECT_EQ(config.value().labels[2], "L2");
  EXPECT_EQ(config.value().labels[11], "L11");
}

TEST(Config, CountsLabelsWhereNoneAreNamed) {
  EXPECT_EQ(read_model_config(parse(R"({"model_type":"x"})").root()).value().labels.size(), 2U);
  const auto config = read_model_config(parse(R"({"model_type":"x","num_labels":3})").root());
  EXPECT_EQ(config.value().labels.back(), "LABEL_2");
}

TEST(Config, NamesTheFieldThatIsWrong) {
  EXPECT_TRUE(
      fails_with(read_model_config(parse("{}").root()), ErrorCode::kNotFound, "'model_type'"));
  EXPECT_TRUE(
      fails_with(read_model_config(parse("[1]").root()), ErrorCode::kInvalidFormat, "an object"));
  EXPECT_TRUE(
      fails_with(read_model_config(parse(R"({"model_type":"x","id2label":{"5":"a"}})").root()),
                 ErrorCode::kInvalidFormat, "got '5'"));
  const auto document = parse(R"({"a":0,"b":-3,"c":1e9,"d":4.5,"e":5000000000})");
  const ConfigFields fields(document.root());
  for (const char* key : {"a", "b", "e"}) {
    EXPECT_TRUE(fails_with(fields.size(key), ErrorCode::kInvalidFormat, "expected 1 to")) << key;
  }
  EXPECT_TRUE(fails_with(fields.size("d"), ErrorCode::kInvalidFormat, "an integer"));
  EXPECT_TRUE(fails_with(fields.size("missing"), ErrorCode::kNotFound, "'missing'"));
}

TEST(Config, RefusesVariantsByName) {
  const auto document = parse(R"({"position_embedding_type":"relative_key","is_decoder":true})");
  const ConfigFields fields(document.root());
  EXPECT_TRUE(fails_with(fields.require_text("position_embedding_type", "absolute"),
                         ErrorCode::kUnsupported, "'relative_key' is not supported"));
  EXPECT_TRUE(fails_with(fields.require_flag("is_decoder", false), ErrorCode::kUnsupported,
                         "'is_decoder' = true"));
  EXPECT_TRUE(fields.require_flag("absent", false).ok());
}

}  // namespace
}  // namespace glassformer
