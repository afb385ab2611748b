// Tokenisers of folders without a tokenizer.json: the reference's ids, tokens, offsets and text,
// and damaged files.
#include <map>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/matchers.h"
#include "text/golden_file.h"
#include "text/spm_file.h"
#include "text/tokenizer.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::read_source_file;
using testing::read_tokenizer_golden;

/// Files of a golden folder, which the tokeniser is made of.
struct Folder {
  std::map<std::string, std::string> contents;

  Folder(const std::string& name, std::initializer_list<const char*> files) {
    for (const char* file : files) {
      contents[file] = read_source_file("tests/golden/tokenizers/" + name + "/" + file);
    }
  }

  Result<Tokenizer> read() const {
    TextFiles files;
    for (const auto& [name, text] : contents) files.emplace(name, text);
    return Tokenizer::from_files(files);
  }
};

constexpr auto kMarianFiles = {"source.spm", "target.spm", "vocab.json", "tokenizer_config.json"};

std::string json_strings(const std::vector<std::string>& strings) {
  std::string out;
  for (const std::string& text : strings) out += (out.empty() ? "" : ",") + json_quote(text);
  return "[" + out + "]";
}

std::string json_integers(const std::vector<int32_t>& numbers) {
  std::string out;
  for (const int32_t number : numbers) out += (out.empty() ? "" : ",") + std::to_string(number);
  return "[" + out + "]";
}

class MarianFiles : public ::testing::TestWithParam<const char*> {};

TEST_P(MarianFiles, IdsTokensAndDecodedTextAreTheReferences) {
  const std::string name = GetParam();
  const Tokenizer tokenizer = Folder(name, kMarianFiles).read().value();
  const JsonDocument hard = read_tokenizer_golden("hard_lines.json");
  const JsonDocument golden = read_tokenizer_golden(name + "/expected.json");
  std::vector<std::string> lines = testing::strings(hard.root());
  for (auto& line : testing::strings(golden.root().at("lines").value())) lines.push_back(line);
  const JsonValue ids = golden.root().at("ids").value();
  const JsonValue tokens = golden.root().at("tokens").value();
  const std::string digests = golden.root().at("digests").value().string("digests").value();
  ASSERT_GE(lines.size(), 3000u);
  ASSERT_EQ(digests.size(), lines.size() * 8);
  for (size_t i = 0; i < lines.size(); ++i) {
    SCOPED_TRACE("line " + std::to_string(i) + ": " + lines[i]);
    const Encoding encoding = tokenizer.encode(lines[i], std::nullopt, {}).value();
    if (i < ids.size()) {
      EXPECT_EQ(testing::widened(encoding.ids), testing::integers(ids[i]));
      EXPECT_EQ(encoding.tokens, testing::strings(tokens[i]));
    }
    const std::string decoded = tokenizer.decode(encoding.ids, {.skip_special_tokens = false});
    const std::string all = "[" + json_integers(encoding.ids) + "," +
                            json_strings(encoding.tokens) + "," + json_quote(decoded) + "]";
    EXPECT_EQ(testing::digest(all), testing::digest_at(digests, i)) << all;
  }
}

TEST_P(MarianFiles, OffsetsGoThroughTheText) {
  const Tokenizer tokenizer = Folder(GetParam(), kMarianFiles).read().value();
  const JsonDocument hard = read_tokenizer_golden("hard_lines.json");
  for (const std::string& line : testing::strings(hard.root())) {
    SCOPED_TRACE(line);
    const Encoding encoding =
        tokenizer.encode(line, std::nullopt, {.add_special_tokens = false}).value();
    Offset last{0, 0};
    for (const Offset& offset : encoding.offsets) {
      EXPECT_LE(last.start, offset.start);
      EXPECT_LE(last.end, offset.end);
      EXPECT_LE(offset.start, offset.end);
      last = offset;
    }
    EXPECT_LE(last.end, decode_text(line + " ").back().utf16_start);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, MarianFiles, ::testing::Values("marian", "marian_bpe"),
                         [](const auto& test) { return std::string(test.param); });

TEST(Marian, PlacesPiecesInTheOriginal) {
  const Tokenizer tokenizer = Folder("marian", kMarianFiles).read().value();
  const std::string text = ">>fra<<  the \uFF46ilm";
  const Encoding encoding = tokenizer.encode(text, std::nullopt, {}).value();
  EXPECT_EQ(encoding.tokens.front(), ">>fra<<");
  EXPECT_EQ(encoding.offsets.front(), (Offset{0, 7}));
  EXPECT_EQ(encoding.offsets[encoding.size() - 2].end, 17u);
  EXPECT_EQ(encoding.tokens.back(), "</s>");
}

TEST(TokenizerFiles, RefusesDamage) {
  constexpr auto kBad = ErrorCode::kInvalidFormat;
  EXPECT_TRUE(fails_with(Tokenizer::from_files({}), ErrorCode::kNotFound,
                         "expected tokenizer.json; vocab.txt; source.spm with vocab.json"));
  const Folder good("marian", kMarianFiles);
  Folder cut = good;
  cut.contents["source.spm"].resize(1000);
  EXPECT_TRUE(fails_with(cut.read(), kBad, "source.spm: no SentencePiece model: it ends within"));
  Folder empty = good;
  empty.contents["source.spm"].clear();
  EXPECT_TRUE(fails_with(empty.read(), kBad, "source.spm: unk_id 0 is none of the 0 pieces"));
  Folder small = good;
  small.contents["vocab.json"] = R"({"</s>": 0})";
  EXPECT_TRUE(fails_with(small.read(), kBad, "vocab.json: token '<unk>' is missing"));
  Folder separate = good;
  separate.contents["tokenizer_config.json"] = R"({"separate_vocabs": true})";
  EXPECT_TRUE(fails_with(separate.read(), ErrorCode::kUnsupported, "separate_vocabs"));

  Folder merges("gpt2_files", {"vocab.json", "merges.txt"});
  merges.contents["merges.txt"] += "no such merge\n";
  EXPECT_TRUE(fails_with(merges.read(), kBad, "merges.txt: merges: expected two tokens"));
  merges.contents["merges.txt"] = "a \xF0\x9F\x98\x80\n";
  EXPECT_TRUE(fails_with(merges.read(), kBad, "merges.txt: merge 0"));
}

TEST(SpmFile, RefusesDamage) {
  constexpr auto kBad = ErrorCode::kInvalidFormat;
  EXPECT_TRUE(fails_with(read_spm_file("\x0B", "f.spm"), kBad, "f.spm: no SentencePiece model"));
  EXPECT_TRUE(fails_with(read_spm_file(std::string(11, '\xFF'), "f.spm"), kBad, "does not end"));
  // A trainer_spec with model_type 3 (word).
  EXPECT_TRUE(fails_with(read_spm_file("\x12\x02\x18\x03", "f.spm"), ErrorCode::kUnsupported,
                         "model type 3"));
}

}  // namespace
}  // namespace glassformer
