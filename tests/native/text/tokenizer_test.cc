// The tokeniser as a whole: odd text, old files, and files that are not what they should be.
#include "text/tokenizer.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;

constexpr std::string_view kVocab =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\nb\ncafe\nCafe\n.\n";

Tokenizer lower_case() { return Tokenizer::from_vocab_txt(kVocab, "").value(); }

std::string joined(const Encoding& encoding) {
  std::string out;
  for (const std::string& token : encoding.tokens) out += (out.empty() ? "" : " ") + token;
  return out;
}

std::string tokens_of(const Tokenizer& tokenizer, std::string_view text) {
  return joined(tokenizer.encode(text, std::nullopt, {}).value());
}

/// A small tokenizer.json whose sections a test replaces: `"normalizer": null` and so on.
struct TokenizerJson {
  std::string version = R"("1.0")";
  std::string normalizer = R"({"type": "Lowercase"})";
  std::string pre_tokenizer = R"({"type": "BertPreTokenizer"})";
  std::string post_processor =
      R"({"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]})";
  std::string added_tokens = "[]";
  std::string model =
      R"({"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
      "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "##b": 4}})";

  Result<Tokenizer> read() const {
    return Tokenizer::from_json(
        R"({"version": )" + version + R"(, "truncation": {"max_length": 1}, "padding": {},
      "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true}, "normalizer": )" +
        normalizer + R"(, "pre_tokenizer": )" + pre_tokenizer + R"(, "post_processor": )" +
        post_processor + R"(, "added_tokens": )" + added_tokens + R"(, "model": )" + model + "}");
  }
};

TEST(Tokenizer, IllFormedUtf8IsRemovedWithPlacesKept) {
  const Encoding encoding =
      lower_case().encode("a\xff\xe4 b\xf0\x9f\x98", std::nullopt, {}).value();
  EXPECT_EQ(joined(encoding), "[CLS] a b [SEP]");
  EXPECT_EQ(encoding.offsets[1], (Offset{0, 1}));
  EXPECT_EQ(encoding.offsets[2], (Offset{4, 5})) << "each ill-formed part is one U+FFFD";
}

TEST(Tokenizer, OffsetsAreUtf16) {
  const Encoding encoding = lower_case().encode("\U0001F600 cafe\u0301.", std::nullopt, {}).value();
  EXPECT_EQ(joined(encoding), "[CLS] [UNK] cafe . [SEP]");
  EXPECT_EQ(encoding.offsets[1], (Offset{0, 2}));
  EXPECT_EQ(encoding.offsets[2], (Offset{3, 7})) << "as the reference: without the mark that went";
  EXPECT_EQ(encoding.offsets[3], (Offset{8, 9}));
}

TEST(Tokenizer, EmptyTextIsSpecialTokens) {
  const Encoding encoding = lower_case().encode("", std::nullopt, {}).value();
  EXPECT_EQ(joined(encoding), "[CLS] [SEP]");
  EXPECT_EQ(encoding.special, (std::vector<uint8_t>{1, 1}));
  EXPECT_EQ(lower_case().encode("", std::nullopt, {.add_special_tokens = false}).value().size(),
            0u);
}

TEST(Tokenizer, LongTextIsCutAndCounted) {
  std::string text;
  while (text.size() < 100'000) text += "ab a. ";
  const Encoding encoding = lower_case().encode(text, std::nullopt, {.max_length = 128}).value();
  EXPECT_EQ(encoding.size(), 128u);
  EXPECT_EQ(encoding.tokens.back(), "[SEP]");
  const size_t words = text.size() / 6;
  EXPECT_EQ(encoding.truncated, words * 4 - 126);
}

TEST(Tokenizer, VeryLongWordsAreUnknown) {
  const Encoding encoding =
      lower_case().encode(std::string(100'000, 'a'), std::nullopt, {}).value();
  EXPECT_EQ(joined(encoding), "[CLS] [UNK] [SEP]");
  EXPECT_EQ(encoding.offsets[1], (Offset{0, 100'000}));
}

TEST(Tokenizer, RefusesALengthWithoutRoomForSpecialTokens) {
  const Tokenizer tokenizer = lower_case();
  EXPECT_TRUE(fails_with(tokenizer.encode("a", std::nullopt, {.max_length = 1}),
                         ErrorCode::kInvalidArgument, "no room for the 2 special tokens"));
  EXPECT_EQ(joined(tokenizer.encode("a", std::nullopt, {.max_length = 2}).value()), "[CLS] [SEP]");
}

TEST(Tokenizer, NamesTokens) {
  const Tokenizer tokenizer = lower_case();
  EXPECT_EQ(tokenizer.vocab_size(), 11u);
  EXPECT_EQ(tokenizer.token(4), "[MASK]");
  EXPECT_EQ(tokenizer.token(6), "##b");
  EXPECT_EQ(tokenizer.token(11), "");
}

TEST(VocabTxt, FollowsTokenizerConfig) {
  EXPECT_EQ(tokens_of(lower_case(), "Caf\u00e9"), "[CLS] cafe [SEP]");
  const auto cased = Tokenizer::from_vocab_txt(kVocab, R"({"do_lower_case": false})");
  EXPECT_EQ(tokens_of(cased.value(), "Cafe Caf\u00e9"), "[CLS] Cafe [UNK] [SEP]");
  const auto stripped =
      Tokenizer::from_vocab_txt(kVocab, R"({"do_lower_case": false, "strip_accents": true})");
  EXPECT_EQ(tokens_of(stripped.value(), "Caf\u00e9"), "[CLS] Cafe [SEP]");
}

TEST(VocabTxt, TakesWindowsLineEndsAndDoubledLines) {
  const auto tokenizer = Tokenizer::from_vocab_txt("[UNK]\r\n[CLS]\r\na\r\n[SEP]\r\n\r\na", "");
  const Encoding encoding = tokenizer.value().encode("a", std::nullopt, {}).value();
  EXPECT_EQ(encoding.ids, (std::vector<int32_t>{1, 5, 3})) << "the last line of a token counts";
}

TEST(VocabTxt, RefusesWhatIsNotBerts) {
  constexpr auto kBad = ErrorCode::kInvalidFormat;
  EXPECT_TRUE(
      fails_with(Tokenizer::from_vocab_txt("", ""), kBad, "vocab.txt: token '[CLS]' is missing"));
  EXPECT_TRUE(
      fails_with(Tokenizer::from_vocab_txt("[CLS]\n[SEP]\n", ""), kBad, "unk_token '[UNK]'"));
  EXPECT_TRUE(fails_with(Tokenizer::from_vocab_txt(kVocab, "[]"), kBad, "tokenizer_config.json"));
  EXPECT_TRUE(fails_with(Tokenizer::from_vocab_txt(kVocab, R"({"do_lower_case": 1})"), kBad,
                         "'do_lower_case': expected true or false"));
}

TEST(TokenizerJson, SectionsMayBeMissing) {
  TokenizerJson json;
  json.normalizer = json.pre_tokenizer = json.post_processor = "null";
  EXPECT_EQ(tokens_of(json.read().value(), "ab"), "a ##b");
  const Encoding pair = json.read().value().encode("a", "ab", {}).value();
  EXPECT_EQ(joined(pair), "a a ##b");
  EXPECT_EQ(pair.type_ids, (std::vector<int32_t>{0, 1, 1}));
}

TEST(TokenizerJson, OldFilesDoNotNameTheModel) {
  TokenizerJson json;
  json.model.replace(json.model.find(R"("type": "WordPiece", )"), 21, "");
  EXPECT_EQ(tokens_of(json.read().value(), "AB"), "[CLS] a ##b [SEP]");
}

TEST(TokenizerJson, NumbersNewAddedTokensOn) {
  TokenizerJson json;
  json.added_tokens = R"([
    {"id": 1, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
    {"id": 9, "content": "<x>", "single_word": false, "lstrip": false, "rstrip": true, "normalized": false}])";
  const Tokenizer tokenizer = json.read().value();
  const Encoding encoding = tokenizer.encode("a<x>  a", std::nullopt, {}).value();
  EXPECT_EQ(encoding.ids, (std::vector<int32_t>{1, 3, 5, 3, 2}));
  EXPECT_EQ(encoding.tokens[2], "<x>  ");
  EXPECT_EQ(encoding.offsets[2], (Offset{1, 6}));
  EXPECT_EQ(tokenizer.token(5), "<x>");
  EXPECT_EQ(tokenizer.vocab_size(), 6u);
}

TEST(TokenizerJson, NamesPartsThatAreNotSupported) {
  const auto unsupported = [](std::string TokenizerJson::* section, const std::string& type) {
    TokenizerJson json;
    json.*section = R"({"type": ")" + type + R"("})";
    return json.read();
  };
  constexpr auto kNo = ErrorCode::kUnsupported;
  EXPECT_TRUE(fails_with(
      unsupported(&TokenizerJson::pre_tokenizer, "Foo"), kNo,
      "tokenizer.json: pre_tokenizer type 'Foo' is not supported; supported: BertPreTokenizer"));
  EXPECT_TRUE(
      fails_with(unsupported(&TokenizerJson::normalizer, "Foo"), kNo, "normalizer type 'Foo'"));
  EXPECT_TRUE(fails_with(unsupported(&TokenizerJson::post_processor, "Foo"), kNo,
                         "post_processor type 'Foo'"));
  EXPECT_TRUE(fails_with(unsupported(&TokenizerJson::model, "Foo"), kNo, "model type 'Foo'"));
  TokenizerJson nested;
  nested.normalizer = R"({"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "Foo"}]})";
  EXPECT_TRUE(fails_with(nested.read(), kNo, "normalizer type 'Foo'"));
  EXPECT_TRUE(fails_with(nested.read(), kNo, "(normalizers[1])"));
  TokenizerJson scripts;
  scripts.pre_tokenizer = R"({"type": "Sequence", "pretokenizers": [
      {"type": "Sequence", "pretokenizers": [{"type": "UnicodeScripts"}]}]})";
  EXPECT_TRUE(fails_with(scripts.read(), kNo, "(pretokenizers[0]) (pretokenizers[0])"));
  TokenizerJson pattern;
  pattern.pre_tokenizer = R"({"type": "Split", "pattern": {"Regex": "a\\d+"},
      "behavior": "Isolated", "invert": false})";
  EXPECT_TRUE(fails_with(pattern.read(), kNo, "pattern 'a\\d+': '\\d' is not supported"));
  TokenizerJson dropout;
  dropout.model = R"({"type": "BPE", "dropout": 0.1, "vocab": {}, "merges": []})";
  EXPECT_TRUE(fails_with(dropout.read(), kNo, "model.dropout 0.1 is not supported"));
  TokenizerJson version;
  version.version = R"("2.0")";
  EXPECT_TRUE(fails_with(version.read(), kNo, "version '2.0'"));
}

/// A section, what it is replaced by, and what the message says.
struct Damage {
  std::string TokenizerJson::* section;
  std::string text;
  std::string message;
  ErrorCode code = ErrorCode::kInvalidFormat;
};

std::string word_piece(const std::string& vocab, const std::string& max_chars) {
  return R"({"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": )" +
         max_chars + R"(, "vocab": )" + vocab + "}";
}

std::string templates(const std::string& single, const std::string& tokens) {
  return R"({"type": "TemplateProcessing", "single": )" + single +
         R"(, "pair": [], "special_tokens": )" + tokens + "}";
}

TEST(TokenizerJson, RefusesDamage) {
  using Json = TokenizerJson;
  const std::string cls = R"([{"SpecialToken": {"id": "[CLS]", "type_id": 0}}])";
  const std::string a = R"({"Sequence": {"id": "A", "type_id": 0}})";
  const std::string a_twice = "[" + a + ", " + a + "]";
  std::string long_list = "[0";
  for (int i = 0; i < 64; ++i) long_list += ", 0";
  long_list += "]";
  const Damage damages[] = {
      {&Json::normalizer, "3", "'normalizer': expected an object"},
      {&Json::normalizer, "{}", "field 'type' is missing", ErrorCode::kNotFound},
      {&Json::normalizer, R"({"type": "BertNormalizer"})", "'clean_text' is missing",
       ErrorCode::kNotFound},
      {&Json::normalizer, R"({"type": "Sequence", "normalizers": {}})",
       "'normalizers': expected an array"},
      {&Json::pre_tokenizer, R"({"type": "Sequence", "pretokenizers": 1})",
       "'pretokenizers': expected an array"},
      {&Json::pre_tokenizer, R"({"type": "FixedLength", "length": 0})", "expected 1 or more"},
      {&Json::pre_tokenizer, R"({"type": "CharDelimiterSplit", "delimiter": "ab"})",
       "'delimiter': expected one character, got 'ab'"},
      {&Json::model, R"({"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "?"})",
       "unk_token '?' is not in the vocabulary"},
      {&Json::model, word_piece(R"({"[UNK]": -2})", "9"), "got -2"},
      {&Json::added_tokens, "{}", "'added_tokens': expected an array"},
      {&Json::added_tokens, "[{}]", "'content' is missing", ErrorCode::kNotFound},
      {&Json::model, word_piece(R"({"a": 0})", "9"), "unk_token '[UNK]' is not in the vocabulary"},
      {&Json::model, word_piece(R"({"[UNK]": 0, "a": 0})", "9"), "id 0 is both"},
      {&Json::model, word_piece(R"({"[UNK]": "0"})", "9"), "'model.vocab': expected an integer"},
      {&Json::model, word_piece(R"({"[UNK]": 4294967296})", "9"), "expected an id from 0 to"},
      {&Json::model, word_piece("[]", "9"), "'model.vocab': expected an object"},
      {&Json::model, word_piece(R"({"[UNK]": 0})", "-1"), "expected 0 or more, got -1"},
      {&Json::post_processor, R"({"type": "BertProcessing", "sep": [], "cls": []})",
       "a token and its id"},
      {&Json::post_processor, R"({"type": "BertProcessing", "sep": ["s", 99], "cls": ["c", 1]})",
       "'s' has id 99"},
      {&Json::post_processor, R"({"type": "BertProcessing", "sep": ["s", -1], "cls": ["c", 1]})",
       "got -1"},
      {&Json::post_processor, templates(cls, "{}"), "'[CLS]' is missing", ErrorCode::kNotFound},
      {&Json::post_processor, templates(cls, R"({"[CLS]": {"ids": [1], "tokens": []}})"),
       "as many ids as tokens"},
      {&Json::post_processor, templates(R"([{"Sequence": {"id": "C", "type_id": 0}}])", "{}"),
       "got 'C'"},
      {&Json::post_processor, templates(R"([{"Sequence": {"id": "B", "type_id": 0}}])", "{}"),
       "'single' uses a second text"},
      {&Json::post_processor, templates(a_twice, "{}"), "uses a text twice",
       ErrorCode::kUnsupported},
      {&Json::post_processor, templates(long_list, "{}"), "an array of at most 64 pieces"},
  };
  for (const Damage& damage : damages) {
    TokenizerJson json;
    json.*damage.section = damage.text;
    EXPECT_TRUE(fails_with(json.read(), damage.code, damage.message)) << damage.text;
  }
  EXPECT_TRUE(
      fails_with(Tokenizer::from_json("{}"), ErrorCode::kNotFound, "field 'model' is missing"));
  EXPECT_TRUE(fails_with(Tokenizer::from_json(""), ErrorCode::kInvalidFormat, "not valid JSON"));
}

}  // namespace
}  // namespace glassformer
