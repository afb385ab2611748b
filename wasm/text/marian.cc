#include "text/marian.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "text/fields.h"
#include "text/metaspace.h"
#include "text/spm_model.h"
#include "text/spm_normalizer.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

constexpr std::u32string_view kCodeBegin = U">>", kCodeEnd = U"<<";

/// Where a language code at the start of the text ends; 0 without one.
size_t language_code_length(std::span<const CodePoint> text) {
  std::u32string chars;
  for (const CodePoint& point : text) {
    chars += point.value;
    const bool may_be_code = chars.size() < kCodeBegin.size() || chars.starts_with(kCodeBegin);
    if (!may_be_code) return 0;
    if (chars.size() > kCodeBegin.size() && chars.ends_with(kCodeEnd)) return chars.size();
  }
  return 0;
}

/// SentencePiece's, behind a language code that stays as it is.
class MarianNormalizer : public Normalizer {
 public:
  explicit MarianNormalizer(SpmNormalizer spm) : spm_(std::move(spm)) {}

  void normalize(AlignedText& text) const override {
    const auto code_end = text.begin() + static_cast<ptrdiff_t>(language_code_length(text));
    AlignedText out(text.begin(), code_end);
    text.erase(text.begin(), code_end);
    spm_.normalize(text);
    out.insert(out.end(), text.begin(), text.end());
    text = std::move(out);
  }

 private:
  SpmNormalizer spm_;
};

/// Pieces of the SentencePiece model with the ids of vocab.json.
class MarianModel : public TokenModel {
 public:
  MarianModel(std::unique_ptr<TokenModel> spm, Vocabulary vocabulary, int32_t unk_id)
      : spm_(std::move(spm)), vocabulary_(std::move(vocabulary)), unk_id_(unk_id) {}

  void tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const override {
    const size_t code = language_code_length(piece);
    if (code > 0) add(piece, {0, 0, static_cast<uint32_t>(code), true}, tokens);
    if (code == piece.size()) return;
    std::vector<ModelToken> of_text;
    spm_->tokenize(piece.subspan(code), of_text);
    for (ModelToken token : of_text) {
      token.begin += static_cast<uint32_t>(code);
      token.end += static_cast<uint32_t>(code);
      add(piece, token, tokens);
    }
  }

  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  void add(std::span<const CodePoint> piece, const ModelToken& token,
           std::vector<ModelToken>& tokens) const {
    std::string text(token.shows_text ? "" : spm_->vocabulary().token(token.id));
    if (token.shows_text) {
      for (const CodePoint& c : piece.subspan(token.begin, token.end - token.begin)) {
        append_utf8(text, c.value);
      }
    }
    const auto id = vocabulary_.find(text);
    tokens.push_back({id.value_or(unk_id_), token.begin, token.end, !id});
  }

  std::unique_ptr<TokenModel> spm_;
  Vocabulary vocabulary_;
  int32_t unk_id_;
};

/// Pieces are joined and blanks shown again; a special token is set apart by a blank behind it.
class MarianDecoder : public Decoder {
 public:
  explicit MarianDecoder(std::vector<std::string> special) : special_(std::move(special)) {
    append_utf8(blank_, kVisibleBlank);
  }

  void decode(std::vector<std::string>& tokens) const override {
    std::string text, segment;
    for (const std::string& token : tokens) {
      const bool is_special = std::find(special_.begin(), special_.end(), token) != special_.end();
      if (!is_special) {
        segment += with_blanks(token);
        continue;
      }
      text += without_leading_blanks(segment) + token + " ";
      segment.clear();
    }
    text += without_leading_blanks(segment);
    tokens = {stripped(text)};
  }

 private:
  std::string with_blanks(const std::string& token) const {
    std::string out;
    size_t last = 0;
    for (size_t at = token.find(blank_); at != std::string::npos; at = token.find(blank_, last)) {
      out.append(token, last, at - last).append(" ");
      last = at + blank_.size();
    }
    return out.append(token, last);
  }

  static std::string without_leading_blanks(const std::string& text) {
    const size_t first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first);
  }

  static std::string stripped(const std::string& text) {
    std::u32string chars = to_utf32(text);
    while (!chars.empty() && is_white_space(chars.back())) chars.pop_back();
    size_t first = 0;
    while (first < chars.size() && is_white_space(chars[first])) ++first;
    return to_utf8(std::u32string_view(chars).substr(first));
  }

  std::vector<std::string> special_;
  std::string blank_;
};

Result<int32_t> require_token(const Vocabulary& vocabulary, const std::string& token) {
  const auto id = vocabulary.find(token);
  if (!id) return fail(ErrorCode::kInvalidFormat, kVocabJson, ": token '", token, "' is missing");
  return *id;
}

Result<Vocabulary> read_vocab_json(const TextFiles& files) {
  GF_ASSIGN(const std::string_view text, require_file(files, kVocabJson));
  GF_ASSIGN(const JsonDocument document, JsonDocument::parse(text, std::string(kVocabJson)));
  return read_vocabulary(document.root(), "vocab");
}

Result<void> check_config(const TextFiles& files) {
  GF_ASSIGN(const JsonDocument config, read_json_file(files, kTokenizerConfigJson));
  GF_ASSIGN(const bool separate, read_flag_or(config.root(), "separate_vocabs", false));
  if (!separate) return {};
  return fail(ErrorCode::kUnsupported, kTokenizerConfigJson, ": separate_vocabs is not supported");
}

}  // namespace

Result<TokenizerParts> read_marian(const TextFiles& files) {
  const std::vector<std::string> special = {"</s>", "<unk>", "<pad>"};
  GF_TRY(check_config(files));
  GF_ASSIGN(Vocabulary vocabulary, read_vocab_json(files));
  GF_ASSIGN(const int32_t eos, require_token(vocabulary, special[0]));
  GF_ASSIGN(const int32_t unk, require_token(vocabulary, special[1]));
  GF_ASSIGN(const std::string_view spm, require_file(files, kSourceSpm));
  GF_ASSIGN(const SpmFile file, read_spm_file(spm, kSourceSpm));
  GF_ASSIGN(SpmNormalizer normalizer, SpmNormalizer::create(file, kSourceSpm));
  GF_ASSIGN(auto model, make_spm_model(file, kSourceSpm));

  TokenizerParts parts;
  parts.normalizer = std::make_unique<MarianNormalizer>(std::move(normalizer));
  parts.post_processor = make_affix_post_processor({}, {{eos, special[0]}});
  parts.decoder = std::make_unique<MarianDecoder>(special);
  std::vector<AddedToken> added;
  for (const std::string& token : special) {
    if (vocabulary.find(token)) added.push_back({.content = token, .special = true});
  }
  GF_ASSIGN(parts.added_tokens,
            AddedTokens::create(added, vocabulary, parts.normalizer.get(), kVocabJson));
  parts.model = std::make_unique<MarianModel>(std::move(model), std::move(vocabulary), unk);
  return parts;
}

}  // namespace glassformer
