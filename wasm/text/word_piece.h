// WordPiece (Wu et al. 2016, as BERT uses it): a word is cut from the left into the longest tokens
// of the vocabulary; pieces after the first are looked up behind a prefix ("##"). A word that does
// not come out even is one unknown token.
#pragma once

#include <string>
#include <string_view>

#include "text/token_model.h"

namespace glassformer {

struct WordPieceOptions {
  std::string unk_token = "[UNK]";
  std::string continuing_subword_prefix = "##";
  size_t max_input_chars_per_word = 100;  // a longer word is unknown without a look at it
};

class WordPiece : public TokenModel {
 public:
  /// Fails if the vocabulary lacks the unknown token; `source` names the file in the error.
  static Result<WordPiece> create(Vocabulary vocabulary, const WordPieceOptions& options,
                                  std::string_view source);

  void tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  WordPiece() = default;
  bool cut_word(std::span<const CodePoint> word, std::vector<ModelToken>& tokens) const;

  Vocabulary vocabulary_;
  Vocabulary::Prefix beginnings_{};     // every token
  Vocabulary::Prefix continuations_{};  // those with the prefix
  size_t max_word_chars_ = 0;
  int32_t unk_id_ = 0;
};

Result<std::unique_ptr<TokenModel>> read_word_piece(const JsonValue& value);

}  // namespace glassformer
