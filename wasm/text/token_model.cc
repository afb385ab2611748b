#include "text/token_model.h"

#include "text/registry.h"
#include "text/word_piece.h"

namespace glassformer {

namespace {

constexpr PartReader<std::unique_ptr<TokenModel>> kModels[] = {
    {"WordPiece", read_word_piece},
};

/// Files from before version 0.8 of the reference do not name the model's type: only WordPiece
/// limits the length of a word.
bool is_unnamed_word_piece(const JsonValue& value) {
  return !value.find("type") && value.find("max_input_chars_per_word");
}

}  // namespace

Result<std::unique_ptr<TokenModel>> read_token_model(const JsonValue& value) {
  if (is_unnamed_word_piece(value)) return read_word_piece(value);
  return read_part<std::unique_ptr<TokenModel>>(value, "model", kModels);
}

}  // namespace glassformer
