#include "text/ctrl.h"

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "text/bpe_files.h"
#include "text/marian.h"
#include "text/split.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

constexpr std::string_view kEndOfWord = "</w>", kContinues = "@@";
constexpr NamedToken kUnk{"unk_token", "<unk>"};

/// Merges have symbols of their own, with the word's end marked; vocab.json has the pieces.
class CtrlModel : public TokenModel {
 public:
  CtrlModel(Bpe symbols, Vocabulary pieces, int32_t unk_id)
      : symbols_(std::move(symbols)), pieces_(std::move(pieces)), unk_id_(unk_id) {}

  void tokenize(std::span<const CodePoint> word, std::vector<ModelToken>& tokens) const override {
    std::vector<ModelToken> of_word;
    symbols_.tokenize(word, of_word);
    for (const ModelToken& symbol : of_word) {
      std::string piece;
      for (const CodePoint& point : word.subspan(symbol.begin, symbol.end - symbol.begin)) {
        append_utf8(piece, point.value);
      }
      if (symbol.end < word.size()) piece += kContinues;
      tokens.push_back({pieces_.find(piece).value_or(unk_id_), symbol.begin, symbol.end});
    }
  }

  const Vocabulary& vocabulary() const override { return pieces_; }

 private:
  Bpe symbols_;
  Vocabulary pieces_;
  int32_t unk_id_;
};

/// \S+\n?
class CtrlWords : public PreTokenizer {
 public:
  void pre_tokenize(PreTokenizedText& text) const override {
    rewrite_pieces(text, [](std::span<const CodePoint> chars, PreTokenizedText& out) {
      for (size_t begin = 0, end = 0; end < chars.size(); begin = end) {
        while (end < chars.size() && !is_white_space(chars[end].value)) ++end;
        if (end == begin) {
          ++end;
          continue;
        }
        if (end < chars.size() && chars[end].value == U'\n') ++end;
        append_piece(chars.subspan(begin, end - begin), out);
      }
    });
  }
};

/// What Python strips from a text: four separators more than Unicode's white space.
bool is_blank(char32_t c) { return is_white_space(c) || (c >= 0x1C && c <= 0x1F); }

class CtrlDecoder : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::string text;
    for (const std::string& token : tokens) text += (text.empty() ? "" : " ") + token;
    const std::string mark = concat(kContinues, " ");
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.erase(at, mark.size());
    }
    std::u32string chars = to_utf32(text);
    while (!chars.empty() && is_blank(chars.back())) chars.pop_back();
    size_t first = 0;
    while (first < chars.size() && is_blank(chars[first])) ++first;
    tokens = {to_utf8(std::u32string_view(chars).substr(first))};
  }
};

/// All symbols that the merges know; the one without text stands for characters that they do not.
Result<Bpe> make_symbols(const std::vector<Merge>& merges) {
  std::map<std::string, int64_t> ids = {{"", 0}};
  for (const auto& [left, right] : merges) {
    for (const std::string& symbol : {left, right, left + right}) {
      ids.try_emplace(symbol, static_cast<int64_t>(ids.size()));
    }
  }
  std::vector<Vocabulary::Entry> entries;
  for (const auto& [symbol, id] : ids) entries.push_back({symbol, id});
  GF_ASSIGN(Vocabulary vocabulary, Vocabulary::create(std::move(entries), kMergesTxt));
  BpeOptions options;
  options.unk_token = "";
  options.end_of_word_suffix = kEndOfWord;
  return Bpe::create(std::move(vocabulary), merges, std::move(options), kMergesTxt);
}

}  // namespace

bool is_ctrl_vocabulary(const Vocabulary& vocabulary) {
  size_t marked = 0;
  for (size_t id = 0; id < vocabulary.id_limit(); ++id) {
    marked += vocabulary.token(static_cast<int32_t>(id)).ends_with(kContinues);
  }
  return 2 * marked >= vocabulary.size();
}

Result<TokenizerParts> make_ctrl(Vocabulary vocabulary, const std::vector<Merge>& merges,
                                 const TokenizerSettings& settings) {
  const std::string unk = settings.special(kUnk).content;
  const auto unk_id = vocabulary.find(unk);
  if (!unk_id) {
    return fail(ErrorCode::kInvalidFormat, kVocabJson, ": unk_token '", unk, "' is missing");
  }
  GF_ASSIGN(Bpe symbols, make_symbols(merges));
  TokenizerParts parts;
  parts.pre_tokenizer = std::make_unique<CtrlWords>();
  parts.decoder = std::make_unique<CtrlDecoder>();
  parts.post_processor = make_plain_post_processor();
  GF_ASSIGN(parts.added_tokens, AddedTokens::create(settings.added_tokens({&kUnk, 1}), vocabulary,
                                                    nullptr, kVocabJson));
  parts.model = std::make_unique<CtrlModel>(std::move(symbols), std::move(vocabulary), *unk_id);
  return parts;
}

}  // namespace glassformer
