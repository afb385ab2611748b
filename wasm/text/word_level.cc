#include "text/word_level.h"

#include <string>
#include <utility>

#include "text/fields.h"

namespace glassformer {

Result<WordLevel> WordLevel::create(Vocabulary vocabulary, std::string_view unk_token,
                                    std::string_view source) {
  const auto unk = vocabulary.find(unk_token);
  if (!unk) {
    return fail(ErrorCode::kInvalidFormat, source, ": unk_token '", unk_token,
                "' is not in the vocabulary");
  }
  WordLevel model;
  model.vocabulary_ = std::move(vocabulary);
  model.unk_id_ = *unk;
  return model;
}

void WordLevel::tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const {
  std::string text;
  for (const CodePoint& point : piece) append_utf8(text, point.value);
  const int32_t id = vocabulary_.find(text).value_or(unk_id_);
  tokens.push_back({id, 0, static_cast<uint32_t>(piece.size())});
}

Result<std::unique_ptr<TokenModel>> read_word_level(const JsonValue& value) {
  GF_ASSIGN(const std::string unk_token, read_string(value, "unk_token"));
  GF_ASSIGN(const JsonValue vocab, value.at("vocab"));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab, "model.vocab"));
  GF_ASSIGN(WordLevel model, WordLevel::create(std::move(vocabulary), unk_token, value.document()));
  return std::unique_ptr<TokenModel>(std::make_unique<WordLevel>(std::move(model)));
}

}  // namespace glassformer
