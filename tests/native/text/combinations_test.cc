// Random combinations of everything that a tokenizer.json may be made of: ids, tokens, offsets and
// decoded text are the reference's.
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/matchers.h"
#include "text/golden_file.h"
#include "text/tokenizer.h"

namespace glassformer {
namespace {

constexpr size_t kStep = 89;  // of the lines that a combination is tried on

std::string text_of(const JsonValue& value, const char* key) {
  return value.at(key).value().string(key).value();
}

/// The last section of a golden's tokenizer.json, with what the combination replaces in it.
std::string model_text(const JsonValue& combination) {
  const std::string path = concat("tests/golden/tokenizers/", text_of(combination, "model"));
  std::string text = testing::read_source_file(path + "/tokenizer.json");
  text.erase(0, text.find("\"model\":{\"type\":"));
  const JsonValue replacements = combination.at("replacements").value();
  for (size_t i = 0; i < replacements.size(); ++i) {
    const auto pair = testing::strings(replacements[i]);
    const size_t at = text.find(pair[0]);
    EXPECT_NE(at, std::string::npos) << pair[0];
    if (at != std::string::npos) text.replace(at, pair[0].size(), pair[1]);
  }
  return text;
}

std::string whole_text(const JsonValue& combination) {
  std::string sections = text_of(combination, "sections");
  sections.back() = ',';
  return sections + model_text(combination);
}

std::string describe(const Tokenizer& tokenizer, const std::string& line) {
  const Encoding encoding = tokenizer.encode(line, std::nullopt, {}).value();
  const auto number = [](int32_t id) { return std::to_string(id); };
  const auto place = [](const Offset& offset) {
    return concat("[", offset.start, ",", offset.end, "]");
  };
  const auto decoded = [&](bool skips) {
    return json_quote(tokenizer.decode(encoding.ids, {.skip_special_tokens = skips}));
  };
  return concat(
      "[", testing::json_list(encoding.ids, number), ",",
      testing::json_list(encoding.tokens, [](const auto& token) { return json_quote(token); }), ",",
      testing::json_list(encoding.offsets, place), ",", decoded(false), ",", decoded(true), "]");
}

TEST(Combinations, AreTheReferences) {
  const JsonDocument combinations = testing::read_tokenizer_golden("combinations.json");
  const JsonDocument hard = testing::read_tokenizer_golden("hard_lines.json");
  ASSERT_GE(combinations.root().size(), 40U);
  for (size_t i = 0; i < combinations.root().size(); ++i) {
    const JsonValue combination = combinations.root()[i];
    SCOPED_TRACE(text_of(combination, "sections"));
    const auto tokenizer = Tokenizer::from_json(whole_text(combination));
    ASSERT_TRUE(testing::succeeded(tokenizer));
    const auto number =
        static_cast<size_t>(combination.at("number").value().integer("number").value());
    const std::string digests = text_of(combination, "digests");
    size_t line = number % kStep;
    for (size_t k = 0; line < hard.root().size(); ++k, line += kStep) {
      const std::string got = describe(tokenizer.value(), hard.root()[line].string("line").value());
      EXPECT_EQ(testing::digest(got), testing::digest_at(digests, k))
          << "combination " << number << ", line " << line << ": " << got;
    }
  }
}

}  // namespace
}  // namespace glassformer
