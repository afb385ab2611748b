#include "text/vocabulary.h"

#include <algorithm>

namespace glassformer {

namespace {

/// Above every published vocabulary (the largest have about 260,000 entries); bounds the table of a
/// hostile id.
constexpr int64_t kMaxId = 1 << 22;

/// Above every token of a published vocabulary; bounds the work per character of text.
constexpr size_t kMaxTokenBytes = 1024;

Result<void> check_entry(const Vocabulary::Entry& entry, std::string_view source) {
  if (entry.id < 0 || entry.id > kMaxId) {
    return fail(ErrorCode::kInvalidFormat, source, ": vocabulary: token '", entry.token,
                "': expected an id from 0 to ", kMaxId, ", got ", entry.id);
  }
  if (entry.token.size() > kMaxTokenBytes) {
    return fail(ErrorCode::kInvalidFormat, source, ": vocabulary: token of id ", entry.id,
                ": expected at most ", kMaxTokenBytes, " bytes, got ", entry.token.size());
  }
  return {};
}

/// The first rank in [first, last) for which `is_behind` is true, which it is from there on.
template <class Predicate>
uint32_t first_rank(uint32_t first, uint32_t last, Predicate is_behind) {
  while (first < last) {
    const uint32_t middle = first + (last - first) / 2;
    if (is_behind(middle)) {
      last = middle;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

}  // namespace

Result<Vocabulary> Vocabulary::create(std::vector<Entry> entries, std::string_view source) {
  Vocabulary vocabulary;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.token < b.token; });
  for (size_t rank = 0; rank < entries.size(); ++rank) {
    const Entry& entry = entries[rank];
    GF_TRY(check_entry(entry, source));
    if (rank > 0 && entry.token == entries[rank - 1].token) {
      return fail(ErrorCode::kInvalidFormat, source, ": vocabulary: token '", entry.token,
                  "' comes twice");
    }
    const auto id = static_cast<size_t>(entry.id);
    if (id >= vocabulary.rank_of_id_.size()) vocabulary.rank_of_id_.resize(id + 1, kNoRank);
    if (vocabulary.rank_of_id_[id] != kNoRank) {
      return fail(ErrorCode::kInvalidFormat, source, ": vocabulary: id ", entry.id, " is both '",
                  vocabulary.token(static_cast<int32_t>(id)), "' and '", entry.token, "'");
    }
    vocabulary.rank_of_id_[id] = static_cast<uint32_t>(rank);
    vocabulary.id_of_rank_.push_back(static_cast<int32_t>(id));
    vocabulary.bytes_ += entry.token;
    vocabulary.start_of_rank_.push_back(static_cast<uint32_t>(vocabulary.bytes_.size()));
  }
  vocabulary.index_first_bytes();
  return vocabulary;
}

void Vocabulary::index_first_bytes() {
  const auto size = static_cast<uint32_t>(id_of_rank_.size());
  for (size_t byte = 0; byte <= kByteValues; ++byte) {
    rank_of_byte_[byte] = first_rank(0, size, [&](uint32_t rank) {
      const std::string_view token = token_of_rank(rank);
      return !token.empty() && static_cast<uint8_t>(token[0]) >= byte;
    });
  }
}

std::string_view Vocabulary::token_of_rank(uint32_t rank) const {
  const uint32_t start = start_of_rank_[rank];
  return std::string_view(bytes_).substr(start, start_of_rank_[rank + 1] - start);
}

std::string_view Vocabulary::token(int32_t id) const {
  if (id < 0 || static_cast<size_t>(id) >= rank_of_id_.size()) return {};
  const uint32_t rank = rank_of_id_[static_cast<size_t>(id)];
  return rank == kNoRank ? std::string_view() : token_of_rank(rank);
}

std::optional<int32_t> Vocabulary::find(std::string_view token) const {
  const Prefix same = prefix(token);
  // The token itself sorts before all longer ones that begin with it.
  if (same.empty() || token_of_rank(same.first).size() != token.size()) return std::nullopt;
  return id_of_rank_[same.first];
}

Vocabulary::Prefix Vocabulary::prefix(std::string_view bytes) const {
  Prefix range{0, static_cast<uint32_t>(size()), 0};
  for (const char byte : bytes) range = extend(range, static_cast<uint8_t>(byte));
  return range;
}

Vocabulary::Prefix Vocabulary::extend(const Prefix& prefix, uint8_t byte) const {
  if (prefix.length == 0) return {rank_of_byte_[byte], rank_of_byte_[byte + 1], 1};
  // Within the range the next byte ascends; a token that ends here comes first and counts as below
  // every byte.
  const auto next_byte = [&](uint32_t rank) {
    const uint32_t position = start_of_rank_[rank] + prefix.length;
    return position == start_of_rank_[rank + 1] ? -1 : static_cast<uint8_t>(bytes_[position]);
  };
  const uint32_t first =
      first_rank(prefix.first, prefix.last, [&](uint32_t rank) { return next_byte(rank) >= byte; });
  const uint32_t last =
      first_rank(first, prefix.last, [&](uint32_t rank) { return next_byte(rank) > byte; });
  return {first, last, prefix.length + 1};
}

Vocabulary::Prefix Vocabulary::extend(Prefix prefix, char32_t c) const {
  std::string encoded;  // one code point: stays in the string's own buffer
  append_utf8(encoded, c);
  for (const char byte : encoded) {
    if (!prefix.empty()) prefix = extend(prefix, static_cast<uint8_t>(byte));
  }
  return prefix;
}

/// The token that is all of the prefix.
std::optional<int32_t> Vocabulary::token_at(const Prefix& prefix) const {
  if (token_of_rank(prefix.first).size() != prefix.length) return std::nullopt;
  return id_of_rank_[prefix.first];
}

std::optional<Vocabulary::Match> Vocabulary::longest_match(std::span<const CodePoint> text,
                                                           Prefix from) const {
  std::optional<Match> longest;
  for (size_t i = 0; i < text.size(); ++i) {
    from = extend(from, text[i].value);
    if (from.empty()) return longest;
    if (const auto id = token_at(from)) longest = Match{*id, static_cast<uint32_t>(i + 1)};
  }
  return longest;
}

Result<Vocabulary> read_vocabulary(const JsonValue& value, std::string_view what) {
  if (!value.is_object()) return value.mismatch(what, "an object");
  std::vector<Vocabulary::Entry> entries;
  entries.reserve(value.size());
  GF_TRY(value.for_each_member([&](const std::string& token, JsonValue id) -> Result<void> {
    GF_ASSIGN(const int64_t number, id.integer(what));
    entries.push_back({token, number});
    return {};
  }));
  return Vocabulary::create(std::move(entries), value.document());
}

}  // namespace glassformer
