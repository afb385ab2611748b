#include "text/word_piece.h"

#include <utility>

#include "text/fields.h"

namespace glassformer {

Result<WordPiece> WordPiece::create(Vocabulary vocabulary, const WordPieceOptions& options,
                                    std::string_view source) {
  const auto unk = vocabulary.find(options.unk_token);
  if (!unk) {
    return fail(ErrorCode::kInvalidFormat, source, ": unk_token '", options.unk_token,
                "' is not in the vocabulary");
  }
  WordPiece model;
  model.vocabulary_ = std::move(vocabulary);
  model.beginnings_ = model.vocabulary_.prefix("");
  model.continuations_ = model.vocabulary_.prefix(options.continuing_subword_prefix);
  model.max_word_chars_ = options.max_input_chars_per_word;
  model.unk_id_ = *unk;
  return model;
}

void WordPiece::tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const {
  const size_t tokens_before = tokens.size();
  if (piece.size() <= max_word_chars_ && cut_word(piece, tokens)) return;
  tokens.resize(tokens_before);
  tokens.push_back({unk_id_, 0, static_cast<uint32_t>(piece.size())});
}

/// False when the vocabulary cannot spell the word.
bool WordPiece::cut_word(std::span<const CodePoint> word, std::vector<ModelToken>& tokens) const {
  for (uint32_t begin = 0; begin < word.size();) {
    const auto& candidates = begin == 0 ? beginnings_ : continuations_;
    const auto match = vocabulary_.longest_match(word.subspan(begin), candidates);
    if (!match) return false;
    tokens.push_back({match->id, begin, begin + match->length});
    begin += match->length;
  }
  return true;
}

Result<std::unique_ptr<TokenModel>> read_word_piece(const JsonValue& value) {
  constexpr std::string_view kMaxChars = "max_input_chars_per_word";
  WordPieceOptions options;
  GF_ASSIGN(options.unk_token, read_string(value, "unk_token"));
  GF_ASSIGN(options.continuing_subword_prefix, read_string(value, "continuing_subword_prefix"));
  GF_ASSIGN(const JsonValue max_chars, value.at(kMaxChars));
  GF_ASSIGN(const int64_t number, max_chars.integer(kMaxChars));
  if (number < 0) {
    return fail(ErrorCode::kInvalidFormat, value.document(), ": '", kMaxChars,
                "': expected 0 or more, got ", number);
  }
  options.max_input_chars_per_word = static_cast<size_t>(number);
  GF_ASSIGN(const JsonValue vocab, value.at("vocab"));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab, "model.vocab"));
  GF_ASSIGN(WordPiece model, WordPiece::create(std::move(vocabulary), options, value.document()));
  return std::unique_ptr<TokenModel>(std::make_unique<WordPiece>(std::move(model)));
}

}  // namespace glassformer
