#include "text/vocab_txt.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/tokenizer_settings.h"
#include "text/word_piece.h"

namespace glassformer {

namespace {

constexpr NamedToken kBertTokens[] = {{"unk_token", "[UNK]"},
                                      {"sep_token", "[SEP]"},
                                      {"pad_token", "[PAD]"},
                                      {"cls_token", "[CLS]"},
                                      {"mask_token", "[MASK]"}};
constexpr NamedToken kMpnetTokens[] = {{"unk_token", "[UNK]"},         {"sep_token", "</s>"},
                                       {"pad_token", "<pad>"},         {"cls_token", "<s>"},
                                       {"mask_token", "<mask>", true}, {"bos_token", "<s>"},
                                       {"eos_token", "</s>"}};
constexpr size_t kUnk = 0, kSep = 1, kCls = 3;

Result<BertNormalizerOptions> read_options(const TokenizerSettings& settings) {
  BertNormalizerOptions options;
  GF_ASSIGN(options.lowercase, settings.flag("do_lower_case", true));
  GF_ASSIGN(options.handle_chinese_chars, settings.flag("tokenize_chinese_chars", true));
  GF_ASSIGN(options.strip_accents, settings.flag("strip_accents", options.lowercase));
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

/// The special tokens that the vocabulary has, and all that the files add.
std::vector<AddedToken> list_added_tokens(const TokenizerSettings& settings,
                                          std::span<const NamedToken> special,
                                          const Vocabulary& vocabulary) {
  std::vector<AddedToken> added = settings.added_tokens({});
  for (const NamedToken& named : special) {
    const AddedToken token = settings.special(named);
    if (vocabulary.find(token.content)) added.push_back(token);
  }
  return added;
}

}  // namespace

Result<TokenizerParts> read_vocab_txt(const TextFiles& files) {
  GF_ASSIGN(const TokenizerSettings settings, TokenizerSettings::read(files));
  GF_ASSIGN(const BertNormalizerOptions options, read_options(settings));
  GF_ASSIGN(const std::string_view text, require_file(files, kVocabTxt));
  GF_ASSIGN(Vocabulary vocabulary, read_vocabulary(text));
  const bool is_mpnet = settings.tokenizer_class() == "MPNetTokenizer";
  const std::span<const NamedToken> special =
      is_mpnet ? std::span<const NamedToken>(kMpnetTokens) : kBertTokens;
  GF_ASSIGN(const SpecialToken cls,
            require_token(vocabulary, settings.special(special[kCls]).content));
  GF_ASSIGN(const SpecialToken sep,
            require_token(vocabulary, settings.special(special[kSep]).content));

  TokenizerParts parts;
  parts.normalizer = std::make_unique<BertNormalizer>(options);
  parts.pre_tokenizer = make_bert_pre_tokenizer();
  parts.post_processor =
      is_mpnet ? make_mpnet_post_processor(cls, sep) : make_bert_post_processor(cls, sep);
  parts.decoder = make_word_piece_decoder();
  GF_ASSIGN(parts.added_tokens,
            AddedTokens::create(list_added_tokens(settings, special, vocabulary), vocabulary,
                                parts.normalizer.get(), kVocabTxt));
  WordPieceOptions model_options;
  model_options.unk_token = settings.special(special[kUnk]).content;
  GF_ASSIGN(WordPiece model, WordPiece::create(std::move(vocabulary), model_options, kVocabTxt));
  parts.model = std::make_unique<WordPiece>(std::move(model));
  return parts;
}

}  // namespace glassformer
