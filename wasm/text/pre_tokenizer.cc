#include "text/pre_tokenizer.h"

#include <utility>

#include "text/byte_level.h"
#include "text/metaspace.h"
#include "text/registry.h"
#include "text/split.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

/// What a character does to the piece it would be in.
enum class CharClass : uint8_t {
  kDropped,  // ends a piece and is in none
  kAlone,    // a piece of its own
  kWord,     // joins its neighbours of the same class
  kSymbol,   // likewise
};

CharClass bert_class(char32_t c) {
  const uint16_t flags = unicode_flags(c);
  if (flags & kWhiteSpace) return CharClass::kDropped;
  return flags & kPunctuation ? CharClass::kAlone : CharClass::kWord;
}

/// \w+|[^\w\s]+
CharClass whitespace_class(char32_t c) {
  const uint16_t flags = unicode_flags(c);
  if (flags & kWord) return CharClass::kWord;
  return flags & kWhiteSpace ? CharClass::kDropped : CharClass::kSymbol;
}

CharClass whitespace_split_class(char32_t c) {
  return is_white_space(c) ? CharClass::kDropped : CharClass::kWord;
}

using Classify = CharClass (*)(char32_t c);

void split_piece(const AlignedText& chars, const Piece& piece, Classify classify,
                 std::vector<Piece>& pieces) {
  CharClass previous = CharClass::kDropped;
  for (uint32_t i = piece.begin; i < piece.end; ++i) {
    const CharClass current = classify(chars[i].value);
    const bool joins = current == previous && current != CharClass::kAlone;
    if (current != CharClass::kDropped) {
      if (joins) {
        pieces.back().end = i + 1;
      } else {
        pieces.push_back({i, i + 1});
      }
    }
    previous = current;
  }
}

template <Classify classify>
class ClassPreTokenizer : public PreTokenizer {
 public:
  void pre_tokenize(PreTokenizedText& text) const override {
    std::vector<Piece> pieces;
    for (const Piece& piece : text.pieces) {
      if (piece.added_token != Piece::kNoToken) {
        pieces.push_back(piece);
      } else {
        split_piece(text.chars, piece, classify, pieces);
      }
    }
    text.pieces = std::move(pieces);
  }
};

class PreTokenizerSequence : public PreTokenizer {
 public:
  explicit PreTokenizerSequence(std::vector<std::unique_ptr<PreTokenizer>> steps)
      : steps_(std::move(steps)) {}
  void pre_tokenize(PreTokenizedText& text) const override {
    for (const auto& step : steps_) step->pre_tokenize(text);
  }

 private:
  std::vector<std::unique_ptr<PreTokenizer>> steps_;
};

using PreTokenizerResult = Result<std::unique_ptr<PreTokenizer>>;

template <Classify classify>
PreTokenizerResult make_class_pre_tokenizer(const JsonValue&) {
  return std::unique_ptr<PreTokenizer>(std::make_unique<ClassPreTokenizer<classify>>());
}

PreTokenizerResult read_sequence(const JsonValue& value) {
  GF_ASSIGN(auto steps, read_parts(value, "pretokenizers", read_pre_tokenizer));
  return make_pre_tokenizer_sequence(std::move(steps));
}

constexpr PartReader<std::unique_ptr<PreTokenizer>> kPreTokenizers[] = {
    {"BertPreTokenizer", make_class_pre_tokenizer<bert_class>},
    {"ByteLevel", read_byte_level},
    {"CharDelimiterSplit", read_char_delimiter_split},
    {"Digits", read_digits},
    {"FixedLength", read_fixed_length},
    {"Metaspace", read_metaspace},
    {"Punctuation", read_punctuation},
    {"Sequence", read_sequence},
    {"Split", read_split},
    {"Whitespace", make_class_pre_tokenizer<whitespace_class>},
    {"WhitespaceSplit", make_class_pre_tokenizer<whitespace_split_class>},
};

}  // namespace

std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer() {
  return std::make_unique<ClassPreTokenizer<bert_class>>();
}

std::unique_ptr<PreTokenizer> make_whitespace_split() {
  return std::make_unique<ClassPreTokenizer<whitespace_split_class>>();
}

std::unique_ptr<PreTokenizer> make_pre_tokenizer_sequence(
    std::vector<std::unique_ptr<PreTokenizer>> steps) {
  return std::make_unique<PreTokenizerSequence>(std::move(steps));
}

PreTokenizerResult read_pre_tokenizer(const JsonValue& value) {
  return read_part<std::unique_ptr<PreTokenizer>>(value, "pre_tokenizer", kPreTokenizers);
}

}  // namespace glassformer
