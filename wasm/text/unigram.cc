#include "text/unigram.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <utility>

#include "text/byte_tokens.h"
#include "text/fields.h"

namespace glassformer {

namespace {

/// How much less likely than the least likely token an unknown character is.
constexpr double kUnknownPenalty = 10;

/// Of a token that comes twice the last one counts, as in the reference.
std::vector<Vocabulary::Entry> number_tokens(const std::vector<ScoredToken>& tokens) {
  std::map<std::string_view, int64_t> ids;
  for (size_t id = 0; id < tokens.size(); ++id) {
    ids[tokens[id].token] = static_cast<int64_t>(id);
  }
  std::vector<Vocabulary::Entry> entries;
  entries.reserve(ids.size());
  for (const auto& [token, id] : ids) entries.push_back({std::string(token), id});
  return entries;
}

}  // namespace

Result<Unigram> Unigram::create(const std::vector<ScoredToken>& tokens,
                                const UnigramOptions& options, std::string_view source) {
  if (options.unk_id < 0 || static_cast<size_t>(options.unk_id) >= tokens.size()) {
    return fail(ErrorCode::kInvalidFormat, source, ": unk_id: expected one of the ", tokens.size(),
                " tokens");
  }
  Unigram model;
  GF_ASSIGN(model.vocabulary_, Vocabulary::create(number_tokens(tokens), source));
  double least = tokens.front().score;
  for (const ScoredToken& token : tokens) {
    model.scores_.push_back(token.score);
    least = std::min(least, token.score);
  }
  model.unk_score_ = least - kUnknownPenalty;
  model.unk_id_ = options.unk_id;
  model.byte_fallback_ = options.byte_fallback;
  return model;
}

std::vector<Unigram::Step> Unigram::find_best_path(std::span<const CodePoint> piece) const {
  std::vector<Step> best(piece.size() + 1);  // by where a token ends
  const auto offer = [&best](uint32_t begin, uint32_t end, int32_t id, double score) {
    const double total = best[begin].score + score;
    if (best[end].id == kNoStep || total > best[end].score) best[end] = {total, begin, id};
  };
  for (uint32_t begin = 0; begin < piece.size(); ++begin) {
    bool spells_character = false;
    vocabulary_.for_each_match(piece.subspan(begin), [&](const Vocabulary::Match& match) {
      offer(begin, begin + match.length, match.id, scores_[static_cast<size_t>(match.id)]);
      spells_character |= match.length == 1;
    });
    if (!spells_character) offer(begin, begin + 1, unk_id_, unk_score_);
  }
  return best;
}

void Unigram::tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const {
  const std::vector<Step> best = find_best_path(piece);
  std::vector<std::pair<uint32_t, uint32_t>> stretches;  // from the end; unknown ones joined
  bool joins = false;
  for (auto end = static_cast<uint32_t>(piece.size()); end > 0; end = best[end].begin) {
    const bool is_unknown = best[end].id == unk_id_;
    if (joins && is_unknown) {
      stretches.back().first = best[end].begin;
    } else {
      stretches.emplace_back(best[end].begin, end);
    }
    joins = is_unknown;
  }
  std::reverse(stretches.begin(), stretches.end());
  for (const auto& [begin, end] : stretches) add_token(piece, begin, end, tokens);
}

void Unigram::add_token(std::span<const CodePoint> piece, uint32_t begin, uint32_t end,
                        std::vector<ModelToken>& tokens) const {
  std::string text;
  for (const CodePoint& point : piece.subspan(begin, end - begin)) append_utf8(text, point.value);
  if (const auto id = vocabulary_.find(text)) {
    tokens.push_back({*id, begin, end});
    return;
  }
  const auto bytes = byte_fallback_ ? byte_token_ids(vocabulary_, text) : std::vector<int32_t>();
  for (const int32_t id : bytes) tokens.push_back({id, begin, end});
  if (bytes.empty()) tokens.push_back({unk_id_, begin, end, true});
}

namespace {

/// A score as the reference reads it from JSON: digits as an integer, divided by a power of ten,
/// which is not always the nearest double. Where two ways to cut a text are equally good but for
/// rounding, the last bit decides.
double as_reference_reads(double score) {
  constexpr int kMaxExactPower = 22;  // the last power of ten that is a double
  const std::string text = json_number(std::abs(score));
  uint64_t digits = 0;
  int exponent = 0;
  size_t i = 0;
  for (bool fraction = false; i < text.size() && text[i] != 'e'; ++i) {
    if (text[i] == '.') {
      fraction = true;
      continue;
    }
    digits = digits * 10 + static_cast<uint64_t>(text[i] - '0');
    exponent -= fraction;
  }
  if (i < text.size()) exponent += std::atoi(text.c_str() + i + 1);
  if (std::abs(exponent) > kMaxExactPower) return score;
  double power = 1;
  for (int n = 0; n < std::abs(exponent); ++n) power *= 10;
  const auto whole = static_cast<double>(digits);
  return std::copysign(exponent < 0 ? whole / power : whole * power, score);
}

Result<std::vector<ScoredToken>> read_tokens(const JsonValue& value) {
  constexpr std::string_view kVocab = "model.vocab";
  GF_ASSIGN(const JsonValue list, value.at("vocab"));
  if (!list.is_array()) return list.mismatch(kVocab, "an array");
  std::vector<ScoredToken> tokens;
  tokens.reserve(list.size());
  for (size_t i = 0; i < list.size(); ++i) {
    const JsonValue entry = list[i];
    if (!entry.is_array() || entry.size() != 2) return entry.mismatch(kVocab, "token and score");
    ScoredToken& token = tokens.emplace_back();
    GF_ASSIGN(token.token, entry[0].string(kVocab));
    GF_ASSIGN(const double score, entry[1].number(kVocab));
    token.score = as_reference_reads(score);
  }
  return tokens;
}

}  // namespace

Result<std::unique_ptr<TokenModel>> read_unigram(const JsonValue& value) {
  UnigramOptions options;
  GF_ASSIGN(const JsonValue unk_id, value.at("unk_id"));
  GF_ASSIGN(const int64_t number, unk_id.integer("unk_id"));
  if (number < 0 || number > INT32_MAX) {
    return fail(ErrorCode::kInvalidFormat, value.document(), ": 'unk_id': got ", number);
  }
  options.unk_id = static_cast<int32_t>(number);
  GF_ASSIGN(options.byte_fallback, read_flag_or(value, "byte_fallback", false));
  GF_ASSIGN(const std::vector<ScoredToken> tokens, read_tokens(value));
  GF_ASSIGN(Unigram model, Unigram::create(tokens, options, value.document()));
  return std::unique_ptr<TokenModel>(std::make_unique<Unigram>(std::move(model)));
}

}  // namespace glassformer
