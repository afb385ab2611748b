#include "text/token_model.h"

#include "text/bpe.h"
#include "text/registry.h"
#include "text/unigram.h"
#include "text/word_level.h"
#include "text/word_piece.h"

namespace glassformer {

namespace {

constexpr PartReader<std::unique_ptr<TokenModel>> kModels[] = {
    {"BPE", read_bpe},
    {"Unigram", read_unigram},
    {"WordLevel", read_word_level},
    {"WordPiece", read_word_piece},
};

/// Files from before version 0.8 of the reference do not name the model's type: only BPE merges,
/// only WordPiece limits the length of a word, and only Unigram has an array of tokens.
std::string_view type_by_fields(const JsonValue& value) {
  const auto vocab = value.find("vocab");
  if (value.find("merges")) return "BPE";
  if (value.find("max_input_chars_per_word")) return "WordPiece";
  return vocab && vocab->is_array() ? "Unigram" : "";
}

}  // namespace

Result<std::unique_ptr<TokenModel>> read_token_model(const JsonValue& value) {
  const std::string_view type = value.find("type") ? "" : type_by_fields(value);
  if (type.empty()) return read_part<std::unique_ptr<TokenModel>>(value, "model", kModels);
  return read_part<std::unique_ptr<TokenModel>>(value, "model", type, kModels);
}

}  // namespace glassformer
