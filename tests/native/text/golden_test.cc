// Ids and offsets as the reference implementation has them, on hard lines and over every option of
// encode().
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "text/golden_file.h"
#include "text/tokenizer.h"

namespace glassformer {
namespace {

using testing::flattened;
using testing::integers;
using testing::read_tokenizer_golden;
using testing::spans;
using testing::strings;
using testing::widened;

class HardLines : public ::testing::TestWithParam<const char*> {};

TEST_P(HardLines, IdsOffsetsAndDecodedTextAreTheReferences) {
  const std::string name = GetParam();
  const Tokenizer tokenizer = testing::golden_tokenizer(name);
  const JsonDocument lines = read_tokenizer_golden("hard_lines.json");
  const JsonDocument golden = read_tokenizer_golden(name + "/expected.json");
  const JsonValue ids = golden.root().at("ids").value();
  const JsonValue offsets = golden.root().at("spans").value();
  const JsonValue texts = golden.root().at("decoded").value();
  const auto digests_of = [&](const char* key) {
    return golden.root().at(key).value().string(key).value();
  };
  const std::string encodings = digests_of("encoding_digests");
  const std::string decodings = digests_of("decoded_digests");
  ASSERT_GE(lines.root().size(), 3000u);
  ASSERT_EQ(encodings.size(), lines.root().size() * 8);
  ASSERT_GE(ids.size(), 100u);
  for (size_t i = 0; i < lines.root().size(); ++i) {
    const std::string line = lines.root()[i].string("line").value();
    SCOPED_TRACE("line " + std::to_string(i) + ": " + line);
    const Encoding encoding =
        tokenizer.encode(line, std::nullopt, {.add_special_tokens = false}).value();
    const std::string decoded = tokenizer.decode(encoding.ids, {.skip_special_tokens = false});
    if (i < ids.size()) {
      EXPECT_EQ(widened(encoding.ids), integers(ids[i]));
      EXPECT_EQ(spans(encoding.offsets), integers(offsets[i]));
      EXPECT_EQ(decoded, texts[i].string("decoded").value());
    }
    std::vector<int64_t> numbers = widened(encoding.ids);
    numbers.push_back(-1);
    for (const int64_t number : spans(encoding.offsets)) numbers.push_back(number);
    EXPECT_EQ(testing::digest_numbers(numbers), testing::digest_at(encodings, i));
    EXPECT_EQ(testing::digest(decoded), testing::digest_at(decodings, i));
  }
}

std::string name_of(const ::testing::TestParamInfo<const char*>& test) { return test.param; }

INSTANTIATE_TEST_SUITE_P(WordPiece, HardLines,
                         ::testing::Values("uncased", "cased", "accented", "sequences"), name_of);
INSTANTIATE_TEST_SUITE_P(Bpe, HardLines,
                         ::testing::Values("byte_level", "roberta", "llama3", "openai_gpt",
                                           "llama2", "subword_nmt"),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Files, HardLines,
                         ::testing::Values("gpt2_files", "roberta_files", "openai_gpt_files"),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Unigram, HardLines, ::testing::Values("t5", "albert", "camembert"),
                         name_of);

class Encodings : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Files, Encodings, ::testing::Values("encodings", "subword_encodings"),
                         name_of);

TEST_P(Encodings, PairsTruncationAndSpecialTokensAreTheReferences) {
  const JsonDocument golden = read_tokenizer_golden(std::string(GetParam()) + ".json");
  std::string loaded;
  std::optional<Tokenizer> tokenizer;
  for (size_t i = 0; i < golden.root().size(); ++i) {
    const JsonValue expected = golden.root()[i];
    const std::string name = expected.at("tokenizer").value().string("tokenizer").value();
    if (name != loaded) tokenizer.emplace(testing::golden_tokenizer(loaded = name));
    const std::string text = expected.at("text").value().string("text").value();
    std::optional<std::string> pair;
    if (const auto second = expected.find("pair")) pair = second->string("pair").value();
    const EncodeOptions options{
        .max_length = static_cast<size_t>(expected.at("max_length").value().integer("n").value()),
        .add_special_tokens = expected.at("add_special_tokens").value().boolean("b").value()};

    const Encoding encoding = tokenizer->encode(text, pair, options).value();
    SCOPED_TRACE(name + ", case " + std::to_string(i) + ": " + text);
    EXPECT_EQ(widened(encoding.ids), integers(expected.at("ids").value()));
    EXPECT_EQ(widened(encoding.type_ids), integers(expected.at("type_ids").value()));
    EXPECT_EQ(encoding.tokens, strings(expected.at("tokens").value()));
    EXPECT_EQ(widened(encoding.special), integers(expected.at("special").value()));
    const JsonValue offsets = expected.at("offsets").value();
    std::vector<int64_t> flat;
    for (size_t k = 0; k < offsets.size(); ++k) {
      for (const int64_t bound : integers(offsets[k])) flat.push_back(bound);
    }
    EXPECT_EQ(flattened(encoding.offsets), flat);
    EXPECT_EQ(static_cast<int64_t>(encoding.truncated),
              expected.at("truncated").value().integer("truncated").value());
  }
}

}  // namespace
}  // namespace glassformer
