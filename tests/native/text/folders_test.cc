// Folders without a tokenizer.json whose tokeniser the reference puts together itself:
// SentencePiece models of every family, and CTRL. Ids, tokens, places and decoded text are the
// reference's.
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/matchers.h"
#include "text/golden_file.h"
#include "text/tokenizer.h"

namespace glassformer {
namespace {

using testing::fails_with;
using Contents = std::map<std::string, std::string>;

constexpr size_t kBlock = 4;  // lines that share a digest

std::string path_of(const std::string& name) {
  return concat("tests/golden/tokenizers/folders/", name);
}

/// The files of a golden folder; those of another one where pieces.json says so.
Contents read_folder(const std::string& name) {
  Contents contents;
  const std::string folder = concat(GF_SOURCE_DIR "/", path_of(name));
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    const std::string text = testing::read_source_file(concat(path_of(name), "/", file));
    if (file != "pieces.json") {
      contents[file] = text;
      continue;
    }
    const auto document = JsonDocument::parse(text, file);
    const std::string from = document.value().root().at("from").value().string("from").value();
    contents[from.substr(from.rfind('/') + 1)] = testing::read_source_file(path_of(from));
  }
  return contents;
}

Result<Tokenizer> read_tokenizer(const Contents& contents) {
  TextFiles files;
  for (const auto& [name, text] : contents) files.emplace(name, text);
  return Tokenizer::from_files(files);
}

std::string json_numbers(const std::vector<int64_t>& numbers) {
  return testing::json_list(numbers, [](int64_t number) { return std::to_string(number); });
}

/// What the golden has of a line: ids, tokens, places, decoded text with and without special
/// tokens.
std::string describe(const Tokenizer& tokenizer, const std::string& line, bool has_places) {
  const Encoding encoding = tokenizer.encode(line, std::nullopt, {}).value();
  const auto name = [&](int32_t id) { return json_quote(tokenizer.token(id)); };
  const auto decoded = [&](bool skips) {
    return json_quote(tokenizer.decode(encoding.ids, {.skip_special_tokens = skips}));
  };
  const std::string places =
      has_places ? json_numbers(testing::spans(encoding.offsets)) : std::string("null");
  return concat("[", json_numbers(testing::widened(encoding.ids)), ",",
                testing::json_list(encoding.ids, name), ",", places, ",", decoded(false), ",",
                decoded(true), "]");
}

class Folders : public ::testing::TestWithParam<const char*> {};

TEST_P(Folders, AreReadAsTheReferenceReadsThem) {
  const std::string name = GetParam();
  const auto tokenizer = read_tokenizer(read_folder(name));
  ASSERT_TRUE(testing::succeeded(tokenizer));
  const JsonDocument golden =
      testing::read_tokenizer_golden(concat("folders/", name, "/expected.json"));
  const JsonDocument hard = testing::read_tokenizer_golden("hard_lines.json");
  std::vector<std::string> lines = testing::strings(golden.root().at("lines").value());
  for (auto& line : testing::strings(hard.root())) lines.push_back(std::move(line));
  const JsonValue shown = golden.root().at("shown").value();
  const std::string digests = golden.root().at("digests").value().string("digests").value();
  ASSERT_GE(lines.size(), 3000U);
  std::string block;
  for (size_t i = 0; i < lines.size(); ++i) {
    SCOPED_TRACE(concat("line ", i, ": ", lines[i]));
    const std::string got = describe(tokenizer.value(), lines[i], name != "ctrl");
    if (i < shown.size()) {
      EXPECT_EQ(got, testing::rewritten(shown[i]));
    }
    block += (block.empty() ? "" : "\n") + got;
    const bool ends = i % kBlock == kBlock - 1 || i + 1 == lines.size();
    if (!ends) continue;
    EXPECT_EQ(testing::digest(block), testing::digest_at(digests, i / kBlock)) << block;
    block.clear();
  }
}

TEST_P(Folders, PutSpecialTokensAroundPairs) {
  const auto tokenizer = read_tokenizer(read_folder(GetParam())).value();
  const std::string name = GetParam();
  const JsonDocument golden =
      testing::read_tokenizer_golden(concat("folders/", name, "/expected.json"));
  const auto encoding = tokenizer.encode("The first text", "and the second.", {}).value();
  EXPECT_EQ(testing::widened(encoding.ids), testing::integers(golden.root().at("pair").value()));
}

INSTANTIATE_TEST_SUITE_P(SentencePiece, Folders,
                         ::testing::Values("t5", "mt5", "albert", "albert_cased", "xlm_roberta",
                                           "camembert", "mbart", "mbart50", "pegasus", "llama"),
                         [](const auto& test) { return std::string(test.param); });
INSTANTIATE_TEST_SUITE_P(Bpe, Folders, ::testing::Values("ctrl"),
                         [](const auto& test) { return std::string(test.param); });

TEST(FolderFiles, RefuseWhatNothingReads) {
  Contents folder = read_folder("t5");
  folder["tokenizer_config.json"] = R"({"tokenizer_class": "XLNetTokenizer"})";
  EXPECT_TRUE(fails_with(read_tokenizer(folder), ErrorCode::kUnsupported,
                         "spiece.model: tokenizer_class 'XLNetTokenizer' is not supported"));
  folder["tokenizer_config.json"] = R"({"tokenizer_class": "LlamaTokenizer"})";
  EXPECT_TRUE(fails_with(read_tokenizer(folder), ErrorCode::kUnsupported, "type Unigram"));
  folder["tokenizer_config.json"] = R"({"tokenizer_class": "T5Tokenizer", "extra_ids": -1})";
  EXPECT_TRUE(fails_with(read_tokenizer(folder), ErrorCode::kInvalidFormat, "'extra_ids'"));
  folder["tokenizer_config.json"] = R"({"tokenizer_class": "T5Tokenizer", "eos_token": 3})";
  EXPECT_TRUE(fails_with(read_tokenizer(folder), ErrorCode::kInvalidFormat, "'eos_token'"));
  folder["tokenizer_config.json"] =
      R"({"tokenizer_class": "T5Tokenizer", "added_tokens_decoder": {"x": {"content": "a"}}})";
  EXPECT_TRUE(
      fails_with(read_tokenizer(folder), ErrorCode::kInvalidFormat, "expected an id, got 'x'"));
  Contents languages = read_folder("mbart");
  languages["tokenizer_config.json"] =
      R"({"tokenizer_class": "MBartTokenizer", "src_lang": "xx_XX"})";
  EXPECT_TRUE(
      fails_with(read_tokenizer(languages), ErrorCode::kInvalidFormat, "token 'xx_XX' is missing"));
}

}  // namespace
}  // namespace glassformer
