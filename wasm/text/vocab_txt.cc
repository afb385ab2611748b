#include "text/vocab_txt.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/json.h"
#include "text/bert_normalizer.h"
#include "text/fields.h"
#include "text/word_piece.h"

namespace glassformer {

namespace {

Result<BertNormalizerOptions> read_options(std::string_view tokenizer_config_json) {
  BertNormalizerOptions options;
  if (tokenizer_config_json.empty()) return options;
  GF_ASSIGN(const JsonDocument document,
            JsonDocument::parse(tokenizer_config_json, "tokenizer_config.json"));
  const JsonValue config = document.root();
  if (!config.is_object()) return config.mismatch("tokenizer_config", "an object");
  GF_ASSIGN(options.lowercase, read_flag_or(config, "do_lower_case", true));
  GF_ASSIGN(options.handle_chinese_chars, read_flag_or(config, "tokenize_chinese_chars", true));
  GF_ASSIGN(options.strip_accents, read_flag_or(config, "strip_accents", options.lowercase));
  return options;
}

/// Of a token that is on several lines, the last one counts, as in the reference.
Result<Vocabulary> read_vocabulary(std::string_view text) {
  std::map<std::string, int64_t> lines;
  int64_t line = 0;
  for (size_t begin = 0; begin < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view token = text.substr(begin, end - begin);
    if (token.ends_with('\r')) token.remove_suffix(1);
    lines.insert_or_assign(std::string(token), line);
    begin = end + 1;
  }
  std::vector<Vocabulary::Entry> entries;
  for (const auto& [token, id] : lines) entries.push_back({token, id});
  return Vocabulary::create(std::move(entries), kVocabTxt);
}

Result<SpecialToken> require_token(const Vocabulary& vocabulary, const std::string& token) {
  const auto id = vocabulary.find(token);
  if (!id) return fail(ErrorCode::kInvalidFormat, kVocabTxt, ": token '", token, "' is missing");
  return SpecialToken{*id, token};
}

std::vector<AddedToken> bert_added_tokens(const Vocabulary& vocabulary) {
  std::vector<AddedToken> added;
  for (const char* token : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
    if (vocabulary.find(token)) added.push_back({.content = token, .special = true});
  }
  return added;
}

}  // namespace

Result<TokenizerParts> read_vocab_txt(std::string_view vocab_txt,
                                      std::string_view tokenizer_config_json) {
  GF_ASSIGN(const BertNormalizerOptions options, read_options(tokenizer_config_json));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(vocab_txt));
  GF_ASSIGN(const SpecialToken cls, require_token(vocabulary, "[CLS]"));
  GF_ASSIGN(const SpecialToken sep, require_token(vocabulary, "[SEP]"));

  TokenizerParts parts;
  parts.normalizer = std::make_unique<BertNormalizer>(options);
  parts.pre_tokenizer = make_bert_pre_tokenizer();
  parts.post_processor = make_bert_post_processor(cls, sep);
  parts.decoder = make_word_piece_decoder();
  GF_ASSIGN(parts.added_tokens, AddedTokens::create(bert_added_tokens(vocabulary), vocabulary,
                                                    parts.normalizer.get(), kVocabTxt));
  GF_ASSIGN(WordPiece model,
            WordPiece::create(std::move(vocabulary), WordPieceOptions{}, kVocabTxt));
  parts.model = std::make_unique<WordPiece>(std::move(model));
  return parts;
}

}  // namespace glassformer
