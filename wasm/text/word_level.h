// The simplest token model: a piece is one token of the vocabulary, or unknown.
#pragma once

#include <string_view>

#include "text/token_model.h"

namespace glassformer {

class WordLevel : public TokenModel {
 public:
  /// Fails if the vocabulary lacks the unknown token; `source` names the file in the error.
  static Result<WordLevel> create(Vocabulary vocabulary, std::string_view unk_token,
                                  std::string_view source);

  void tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  WordLevel() = default;

  Vocabulary vocabulary_;
  int32_t unk_id_ = 0;
};

Result<std::unique_ptr<TokenModel>> read_word_level(const JsonValue& value);

}  // namespace glassformer
