#include "fuzz/tokenizers.h"

#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/check.h"
#include "core/utf.h"
#include "support/test_files.h"
#include "text/tokenizer.h"

namespace glassformer::fuzz {

namespace {

/// Some of everything that tokenisers treat differently.
constexpr std::string_view kText =
    "  The na\u00efve <mask> Cafe\u0301 cost 3.50\u20ac, didn't it?\n\u4e2d\u6587 "
    "\U0001F469\u200D\U0001F4BB\u2581\uFF21\x01";

/// Every token lies within the text and has an id of the vocabulary.
void check_encoding(const Tokenizer& tokenizer, std::string_view text, const Encoding& encoding) {
  const std::vector<CodePoint> points = decode_text(text);
  const uint32_t length = points.empty() ? 0 : points.back().utf16_end;
  GF_CHECK(encoding.tokens.size() == encoding.size());
  GF_CHECK(encoding.offsets.size() == encoding.size());
  for (const Offset& offset : encoding.offsets) {
    GF_CHECK(offset.start <= offset.end && offset.end <= length);
  }
  for (const int32_t id : encoding.ids) {
    GF_CHECK(id >= 0 && static_cast<size_t>(id) < tokenizer.vocab_size());
  }
}

void check_text(const Tokenizer& tokenizer, std::string_view text) {
  const auto encoding = tokenizer.encode(text, std::nullopt, {});
  GF_CHECK(encoding.ok());
  check_encoding(tokenizer, text, encoding.value());
  tokenizer.decode(encoding.value().ids, {.skip_special_tokens = false});
  tokenizer.decode(encoding.value().ids, {});
  constexpr size_t kFew = 6;
  const auto cut = tokenizer.encode(text, text, {.max_length = kFew});
  GF_CHECK(!cut.ok() || cut.value().size() <= kFew);
}

void check_tokenizer(const Result<Tokenizer>& tokenizer) {
  if (tokenizer.ok()) {
    check_text(tokenizer.value(), kText);
  } else {
    GF_CHECK(!tokenizer.error().message().empty());
  }
}

std::string read_golden_file(std::string_view path) {
  return testing::read_source_file(concat("tests/golden/tokenizers/", path));
}

/// One of each kind of model and normaliser.
std::vector<Tokenizer> read_vocabularies() {
  std::vector<Tokenizer> tokenizers;
  for (const char* name : {"uncased", "sequences", "byte_level", "roberta", "llama3", "openai_gpt",
                           "llama2", "t5", "albert", "camembert"}) {
    const std::string json = read_golden_file(concat(name, "/tokenizer.json"));
    tokenizers.push_back(Tokenizer::from_json(json).value());
  }
  for (const char* name : {"marian", "marian_bpe"}) {
    const std::string spm = read_golden_file(concat(name, "/source.spm"));
    const std::string vocab = read_golden_file(concat(name, "/vocab.json"));
    tokenizers.push_back(
        Tokenizer::from_files({{"source.spm", spm}, {"vocab.json", vocab}}).value());
  }
  return tokenizers;
}

std::vector<int32_t> as_ids(std::string_view bytes) {
  std::vector<int32_t> ids;
  for (size_t i = 0; i + sizeof(uint16_t) <= bytes.size(); i += sizeof(uint16_t)) {
    uint16_t id = 0;
    std::memcpy(&id, bytes.data() + i, sizeof id);
    ids.push_back(id);
  }
  return ids;
}

}  // namespace

void read_tokenizer_json(std::string_view bytes) { check_tokenizer(Tokenizer::from_json(bytes)); }

void read_sentencepiece(std::string_view bytes) {
  constexpr std::string_view kVocab = R"({"</s>":0,"<unk>":1,"a":2,"\u2581the":3,"<pad>":4})";
  constexpr std::string_view kKinds[] = {
      "AlbertTokenizer", "CamembertTokenizer", "LlamaTokenizer", "MBart50Tokenizer",
      "MBartTokenizer",  "PegasusTokenizer",   "T5Tokenizer",    "XLMRobertaTokenizer"};
  check_tokenizer(Tokenizer::from_files({{"source.spm", bytes}, {"vocab.json", kVocab}}));
  // One kind at a time, or the fuzzer would spend itself on the same bytes.
  const std::string_view kind = kKinds[bytes.size() % std::size(kKinds)];
  const std::string config = concat(R"({"tokenizer_class":")", kind, R"("})");
  check_tokenizer(
      Tokenizer::from_files({{"spiece.model", bytes}, {"tokenizer_config.json", config}}));
}

void read_tokenizer_files(std::string_view bytes) {
  TextFiles files;
  while (!bytes.empty()) {
    const std::string_view file = bytes.substr(0, bytes.find('\0'));
    bytes.remove_prefix(std::min(file.size() + 1, bytes.size()));
    const size_t line = std::min(file.find('\n'), file.size());
    files.insert_or_assign(std::string(file.substr(0, line)),
                           file.substr(std::min(line + 1, file.size())));
  }
  check_tokenizer(Tokenizer::from_files(files));
}

void tokenize_bytes(std::string_view bytes) {
  static const std::vector<Tokenizer> tokenizers = read_vocabularies();
  if (bytes.empty()) return;
  const Tokenizer& tokenizer = tokenizers[static_cast<uint8_t>(bytes[0]) % tokenizers.size()];
  check_text(tokenizer, bytes.substr(1));
  tokenizer.decode(as_ids(bytes.substr(1)), {});
}

}  // namespace glassformer::fuzz
