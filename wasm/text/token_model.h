// A token model turns one piece of text into tokens of its vocabulary: WordPiece, and others beside
// it.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/utf.h"
#include "text/vocabulary.h"

namespace glassformer {

/// A token and the code points [begin, end) of the piece that it stands for.
struct ModelToken {
  int32_t id;
  uint32_t begin, end;
  bool shows_text = false;  // an unknown piece that is listed as its text, not as its token
};

class TokenModel {
 public:
  virtual ~TokenModel() = default;

  /// Appends the tokens of a piece of at least one code point.
  virtual void tokenize(std::span<const CodePoint> piece,
                        std::vector<ModelToken>& tokens) const = 0;

  virtual const Vocabulary& vocabulary() const = 0;

  /// Byte-pair encoding keeps its blanks: decoded text is not cleaned up.
  virtual bool keeps_blanks() const { return false; }
};

/// The "model" of a tokenizer.json.
Result<std::unique_ptr<TokenModel>> read_token_model(const JsonValue& value);

}  // namespace glassformer
