#include "text/added_tokens.h"

#include <algorithm>
#include <map>
#include <utility>

#include "text/fields.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

std::string normalized_content(const std::string& content, const Normalizer* normalizer) {
  AlignedText text = decode_text(content);
  if (normalizer != nullptr) normalizer->normalize(text);
  std::string out;
  for (const CodePoint& point : text) append_utf8(out, point.value);
  return out;
}

bool touches_word(const AlignedText& text, size_t begin, size_t end) {
  return (begin > 0 && is_word(text[begin - 1].value)) ||
         (end < text.size() && is_word(text[end].value));
}

/// Patterns with the positions of their tokens. Where two are the same once normalised, the first
/// one stays.
Result<Vocabulary> make_patterns(const std::map<std::string, size_t>& positions,
                                 std::string_view source) {
  std::vector<Vocabulary::Entry> entries;
  for (const auto& [pattern, position] : positions) {
    entries.push_back({pattern, static_cast<int64_t>(position)});
  }
  return Vocabulary::create(std::move(entries), source);
}

void append_part(const AlignedText& text, uint32_t begin, uint32_t end, int32_t token,
                 PreTokenizedText& out) {
  if (begin == end) return;
  const auto start = static_cast<uint32_t>(out.chars.size());
  out.chars.insert(out.chars.end(), text.begin() + begin, text.begin() + end);
  out.pieces.push_back({start, start + (end - begin), token});
}

}  // namespace

Result<AddedTokens> AddedTokens::create(const std::vector<AddedToken>& tokens,
                                        const Vocabulary& model, const Normalizer* normalizer,
                                        std::string_view source) {
  std::map<std::string, int32_t> numbers;
  std::map<int32_t, AddedToken> by_id;  // of a token that comes twice, the last one counts
  auto next_id = static_cast<int32_t>(model.size());
  for (const AddedToken& token : tokens) {
    if (token.content.empty()) continue;
    const auto [number, is_new] = numbers.try_emplace(token.content, 0);
    if (is_new) {
      const auto known = model.find(token.content);
      number->second = known ? *known : next_id++;
    }
    by_id[number->second] = token;
  }
  AddedTokens added;
  std::map<std::string, size_t> original, normalized;
  for (auto& [id, token] : by_id) {
    std::string pattern =
        token.normalized ? normalized_content(token.content, normalizer) : token.content;
    (token.normalized ? normalized : original).try_emplace(pattern, added.tokens_.size());
    added.tokens_.push_back({id, std::move(token), std::move(pattern)});
  }
  GF_ASSIGN(added.original_patterns_, make_patterns(original, source));
  GF_ASSIGN(added.normalized_patterns_, make_patterns(normalized, source));
  return added;
}

std::vector<AddedTokens::Part> AddedTokens::split(const AlignedText& text,
                                                  const Vocabulary& patterns) const {
  std::vector<Part> parts;
  const auto size = static_cast<uint32_t>(text.size());
  const Vocabulary::Prefix all = patterns.prefix("");
  uint32_t given_out = 0;
  for (uint32_t i = 0; i < size && patterns.size() > 0;) {
    const auto match = patterns.longest_match(std::span(text).subspan(i), all);
    if (!match) {
      ++i;
      continue;
    }
    uint32_t begin = i, end = i + match->length;
    i = end;  // also behind a match that does not count
    const NumberedToken& found = tokens_[static_cast<size_t>(match->id)];
    if (found.token.single_word && touches_word(text, begin, end)) continue;
    while (found.token.lstrip && begin > given_out && is_white_space(text[begin - 1].value))
      --begin;
    while (found.token.rstrip && end < size && is_white_space(text[end].value)) ++end;
    if (given_out < begin) parts.push_back({given_out, begin, nullptr});
    parts.push_back({begin, end, &found});
    given_out = i = end;
  }
  if (given_out < size) parts.push_back({given_out, size, nullptr});
  return parts;
}

PreTokenizedText AddedTokens::extract(std::string_view text, const Normalizer* normalizer) const {
  const AlignedText original = decode_text(text);
  PreTokenizedText out;
  for (const Part& part : split(original, original_patterns_)) {
    if (part.token != nullptr) {
      append_part(original, part.begin, part.end, part.token->id, out);
      continue;
    }
    AlignedText between(original.begin() + part.begin, original.begin() + part.end);
    if (normalizer != nullptr) normalizer->normalize(between);
    extract_normalized(between, out);
  }
  return out;
}

void AddedTokens::extract_normalized(const AlignedText& text, PreTokenizedText& out) const {
  for (const Part& part : split(text, normalized_patterns_)) {
    append_part(text, part.begin, part.end, part.token ? part.token->id : Piece::kNoToken, out);
  }
}

const AddedTokens::NumberedToken* AddedTokens::find(int32_t id) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), id,
                       [](const NumberedToken& t, int32_t value) { return t.id < value; });
  return found != tokens_.end() && found->id == id ? &*found : nullptr;
}

std::optional<int32_t> AddedTokens::find(std::string_view content) const {
  for (const NumberedToken& numbered : tokens_) {
    if (numbered.token.content == content) return numbered.id;
  }
  return std::nullopt;
}

std::optional<std::string_view> AddedTokens::token(int32_t id) const {
  const NumberedToken* found = find(id);
  if (found == nullptr) return std::nullopt;
  return found->token.content;
}

std::optional<std::string_view> AddedTokens::decoded(int32_t id) const {
  const NumberedToken* found = find(id);
  if (found == nullptr) return std::nullopt;
  return found->pattern;
}

/// The reference looks for the text that comes out among the special tokens.
bool AddedTokens::is_special(int32_t id) const {
  const NumberedToken* found = find(id);
  return found != nullptr && found->token.special && found->pattern == found->token.content;
}

Result<std::vector<AddedToken>> read_added_tokens(const JsonValue& value) {
  if (!value.is_array()) return value.mismatch("added_tokens", "an array");
  std::vector<AddedToken> tokens;
  for (size_t i = 0; i < value.size(); ++i) {
    AddedToken& token = tokens.emplace_back();
    GF_ASSIGN(const JsonValue content, value[i].at("content"));
    GF_ASSIGN(token.content, content.string("added_tokens.content"));
    GF_ASSIGN(token.single_word, read_flag(value[i], "single_word"));
    GF_ASSIGN(token.lstrip, read_flag(value[i], "lstrip"));
    GF_ASSIGN(token.rstrip, read_flag(value[i], "rstrip"));
    GF_ASSIGN(token.normalized, read_flag(value[i], "normalized"));
    GF_ASSIGN(token.special, read_flag_or(value[i], "special", false));
  }
  return tokens;
}

}  // namespace glassformer
