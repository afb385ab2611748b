#include "core/json.h"

#include <cmath>

#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;

TEST(Json, ReadsTypedFields) {
  const auto document =
      JsonDocument::parse(R"({"n": 3, "x": 1.5, "s": "a", "b": true, "z": null})", "f.json");
  ASSERT_TRUE(document.ok());
  const JsonValue root = document.value().root();
  EXPECT_EQ(root.at("n").value().integer("n").value(), 3);
  EXPECT_EQ(root.at("x").value().number("x").value(), 1.5);
  EXPECT_EQ(root.at("s").value().string("s").value(), "a");
  EXPECT_TRUE(root.at("b").value().boolean("b").value());
  EXPECT_FALSE(root.find("z").has_value()) << "null counts as missing";
}

TEST(Json, NamesDocumentAndField) {
  const auto document = JsonDocument::parse(R"({"n": "three"})", "f.json");
  const JsonValue root = document.value().root();
  EXPECT_TRUE(fails_with(root.at("m"), ErrorCode::kNotFound, "f.json: field 'm' is missing"));
  EXPECT_TRUE(fails_with(root.at("n").value().integer("n"), ErrorCode::kInvalidFormat,
                         "f.json: 'n': expected an integer, got string"));
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "{\"a\":}", "nul", "{\"a\":1}x", "\"\xff\""}) {
    EXPECT_TRUE(fails_with(JsonDocument::parse(text, "f.json"), ErrorCode::kInvalidFormat,
                           "not valid JSON"))
        << text;
  }
}

TEST(Json, RefusesDeepNesting) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_TRUE(
      fails_with(JsonDocument::parse(deep, "f.json"), ErrorCode::kInvalidFormat, "nested deeper"));
}

TEST(Json, QuotesAndNumbers) {
  EXPECT_EQ(json_quote("a\"\n\u4f60\xff"), "\"a\\\"\\n\u4f60\uFFFD\"");
  EXPECT_EQ(json_number(0.5), "0.5");
  EXPECT_EQ(json_number(std::nan("")), "null");
}

}  // namespace
}  // namespace glassformer
