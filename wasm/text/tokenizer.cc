#include "text/tokenizer.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "text/offset_trimming.h"
#include "text/tokenizer_files.h"
#include "text/tokenizer_json.h"
#include "text/vocab_txt.h"

namespace glassformer {

/// The tokens of one text; begin and end are positions in `text.chars`.
struct Tokenizer::Tokens {
  struct Token {
    ModelToken place;
    bool is_added;
    int32_t word;  // the piece it is of
  };

  PreTokenizedText text;
  std::vector<Token> list;
  std::optional<OffsetTrimmer> trimmer;

  /// How many tokens the reference has when it decides which text to cut: it stops at the first
  /// piece, other than an added token, with which there are max_length or more.
  size_t reference_length = 0;
};

namespace {

Result<void> check_special_tokens(const Template& pieces, size_t vocab_size,
                                  std::string_view source) {
  for (const TemplatePiece& piece : pieces) {
    for (const SpecialToken& special : piece.tokens) {
      if (static_cast<size_t>(special.id) < vocab_size) continue;
      return fail(ErrorCode::kInvalidFormat, source, ": post_processor: '", special.token,
                  "' has id ", special.id, ", but the vocabulary ends before ", vocab_size);
    }
  }
  return {};
}

void append_special_tokens(const TemplatePiece& piece, Encoding& encoding) {
  for (const SpecialToken& special : piece.tokens) {
    encoding.ids.push_back(special.id);
    encoding.type_ids.push_back(piece.type_id);
    encoding.tokens.push_back(special.token);
    encoding.offsets.push_back({0, 0});
    encoding.special.push_back(1);
    encoding.sequence_ids.push_back(-1);
    encoding.word_ids.push_back(-1);
  }
}

std::string text_of(std::span<const CodePoint> chars) {
  std::string text;
  for (const CodePoint& point : chars) append_utf8(text, point.value);
  return text;
}

/// Tokens of each text that stay, and how many special tokens come to them.
Result<TextLengths> lengths_within(TextLengths full, size_t special_tokens, size_t max_length) {
  if (max_length == 0) return full;
  if (special_tokens > max_length) {
    return fail(ErrorCode::kInvalidArgument, "max_length ", max_length, " has no room for the ",
                special_tokens, " special tokens");
  }
  return truncate_longest_first(full, max_length - special_tokens);
}

}  // namespace

Result<Tokenizer> Tokenizer::from_json(std::string_view tokenizer_json) {
  GF_ASSIGN(TokenizerParts parts, read_tokenizer_json(tokenizer_json));
  return create(std::move(parts), kTokenizerJson);
}

Result<Tokenizer> Tokenizer::from_vocab_txt(std::string_view vocab_txt,
                                            std::string_view tokenizer_config_json) {
  TextFiles files = {{std::string(kVocabTxt), vocab_txt}};
  if (!tokenizer_config_json.empty()) {
    files.emplace(kTokenizerConfigJson, tokenizer_config_json);
  }
  GF_ASSIGN(TokenizerParts parts, read_vocab_txt(files));
  return create(std::move(parts), kVocabTxt);
}

Result<Tokenizer> Tokenizer::from_files(const TextFiles& files) {
  GF_ASSIGN(TokenizerParts parts, read_tokenizer_files(files));
  return create(std::move(parts), "the tokeniser's files");
}

Result<Tokenizer> Tokenizer::create(TokenizerParts parts, std::string_view source) {
  Tokenizer tokenizer(std::move(parts));
  const PostProcessor& templates = tokenizer.parts_.post_processor;
  GF_TRY(check_special_tokens(templates.single, tokenizer.vocab_size(), source));
  GF_TRY(check_special_tokens(templates.pair, tokenizer.vocab_size(), source));
  return tokenizer;
}

Result<Encoding> Tokenizer::encode(std::string_view text, std::optional<std::string_view> pair,
                                   const EncodeOptions& options) const {
  const Tokens first = tokenize(text, options.max_length);
  const Tokens second = pair ? tokenize(*pair, options.max_length) : Tokens{};
  const Template& pieces = pair ? parts_.post_processor.pair : parts_.post_processor.single;
  const size_t special_tokens = options.add_special_tokens ? count_special_tokens(pieces) : 0;
  const TextLengths lengths{first.reference_length, second.reference_length};
  GF_ASSIGN(const TextLengths kept, lengths_within(lengths, special_tokens, options.max_length));

  Encoding encoding;
  encoding.truncated = first.list.size() - kept.first + second.list.size() - kept.second;
  for (const TemplatePiece& piece : pieces) {
    switch (piece.kind) {
      case TemplatePiece::Kind::kFirstText:
        append_text(first, {0, kept.first}, piece, encoding);
        break;
      case TemplatePiece::Kind::kSecondText:
        append_text(second, {0, kept.second}, piece, encoding);
        break;
      case TemplatePiece::Kind::kSpecialTokens:
        if (options.add_special_tokens) append_special_tokens(piece, encoding);
        break;
    }
  }
  return encoding;
}

Tokenizer::Tokens Tokenizer::tokenize(std::string_view text, size_t max_length) const {
  Tokens tokens{parts_.added_tokens.extract(text, parts_.normalizer.get()), {}, {}, 0};
  const auto& trimming = parts_.post_processor.trimming;
  if (trimming) tokens.trimmer.emplace(*trimming, text);
  if (parts_.pre_tokenizer) parts_.pre_tokenizer->pre_tokenize(tokens.text);
  const std::span<const CodePoint> chars(tokens.text.chars);
  std::vector<ModelToken> of_piece;
  int32_t word = -1;
  for (const Piece& piece : tokens.text.pieces) {
    ++word;
    if (piece.added_token != Piece::kNoToken) {
      tokens.list.push_back({{piece.added_token, piece.begin, piece.end}, true, word});
      continue;
    }
    of_piece.clear();
    parts_.model->tokenize(chars.subspan(piece.begin, piece.end - piece.begin), of_piece);
    for (const ModelToken& token : of_piece) {
      tokens.list.push_back(
          {{token.id, piece.begin + token.begin, piece.begin + token.end, token.shows_text},
           false,
           word});
    }
    const bool reaches_limit = max_length > 0 && tokens.list.size() >= max_length;
    if (reaches_limit && tokens.reference_length == 0) {
      tokens.reference_length = tokens.list.size();
    }
  }
  if (tokens.reference_length == 0) tokens.reference_length = tokens.list.size();
  return tokens;
}

Result<std::vector<Encoding>> Tokenizer::encode_windows(std::string_view first,
                                                        std::string_view second,
                                                        const WindowOptions& options) const {
  const Tokens whole = tokenize(first, 0), parts = tokenize(second, 0);
  const Template& pieces = parts_.post_processor.pair;
  const size_t taken = whole.list.size() + count_special_tokens(pieces);
  if (taken + options.stride >= options.max_length) {
    return fail(ErrorCode::kInvalidArgument, "windows of ", options.max_length,
                " tokens have no room: the first text and special tokens take ", taken,
                ", the overlap ", options.stride);
  }
  std::vector<Encoding> windows;
  for (const TokenRange& range :
       overlapping_windows(parts.list.size(), options.max_length - taken, options.stride)) {
    Encoding& encoding = windows.emplace_back();
    for (const TemplatePiece& piece : pieces) {
      using Kind = TemplatePiece::Kind;
      if (piece.kind == Kind::kSpecialTokens) append_special_tokens(piece, encoding);
      if (piece.kind == Kind::kFirstText)
        append_text(whole, {0, whole.list.size()}, piece, encoding);
      if (piece.kind == Kind::kSecondText) append_text(parts, range, piece, encoding);
    }
  }
  return windows;
}

void Tokenizer::append_text(const Tokens& tokens, TokenRange range, const TemplatePiece& piece,
                            Encoding& encoding) const {
  const AlignedText& chars = tokens.text.chars;
  for (size_t i = range.begin; i < range.begin + range.count; ++i) {
    const auto& [place, is_added, word] = tokens.list[i];
    const std::span<const CodePoint> covered =
        std::span(chars).subspan(place.begin, place.end - place.begin);
    const Offset offset{covered.front().utf16_start, covered.back().utf16_end};
    const bool shows_text = is_added || place.shows_text;
    std::string token =
        shows_text ? text_of(covered) : std::string(parts_.model->vocabulary().token(place.id));
    encoding.ids.push_back(place.id);
    encoding.type_ids.push_back(piece.type_id);
    encoding.sequence_ids.push_back(piece.kind == TemplatePiece::Kind::kSecondText);
    encoding.word_ids.push_back(word);
    encoding.offsets.push_back(tokens.trimmer ? tokens.trimmer->trim(token, offset, i) : offset);
    encoding.tokens.push_back(std::move(token));
    encoding.special.push_back(0);
  }
}

std::string Tokenizer::decode(std::span<const int32_t> ids, const DecodeOptions& options) const {
  std::vector<std::string> tokens;
  for (const int32_t id : ids) {
    const std::string_view name =
        parts_.added_tokens.decoded(id).value_or(parts_.model->vocabulary().token(id));
    const bool skipped = options.skip_special_tokens && parts_.added_tokens.is_special(id);
    if (!name.empty() && !skipped) tokens.emplace_back(name);
  }
  std::string text = join(std::move(tokens));
  return parts_.cleans_up ? clean_up_blanks(std::move(text)) : text;
}

std::string Tokenizer::join(std::vector<std::string> tokens) const {
  if (parts_.decoder) {
    parts_.decoder->decode(tokens);
  } else {
    for (size_t i = 1; i < tokens.size(); ++i) tokens[i].insert(0, 1, ' ');
  }
  std::string text;
  for (const std::string& part : tokens) text += part;
  return text;
}

std::optional<int32_t> Tokenizer::find(std::string_view token) const {
  const auto added = parts_.added_tokens.find(token);
  return added ? added : parts_.model->vocabulary().find(token);
}

size_t Tokenizer::vocab_size() const {
  return std::max(parts_.model->vocabulary().id_limit(), parts_.added_tokens.id_limit());
}

std::string_view Tokenizer::token(int32_t id) const {
  const auto added = parts_.added_tokens.token(id);
  return added ? *added : parts_.model->vocabulary().token(id);
}

}  // namespace glassformer
