// Tokens and their ids. All tokens lie in one string, sorted by their bytes, so that looking one
// up, or walking through all tokens that begin with the same bytes, is narrowing a range: no hash
// table, no trie, and no input that makes it slow.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/utf.h"

namespace glassformer {

class Vocabulary {
 public:
  struct Entry {
    std::string token;
    int64_t id;  // as a file has it: create() checks
  };

  /// Of the tokens that begin with the same `length` bytes, the ranks (positions in the sorted
  /// order) [first, last).
  struct Prefix {
    uint32_t first, last, length;
    bool empty() const { return first == last; }
  };

  /// A token that a stretch of text begins with: how many code points it takes.
  struct Match {
    int32_t id;
    uint32_t length;
  };

  /// Tokens in any order. Ids may leave holes, but no id and no token may come twice; `source`
  /// names the file in errors.
  static Result<Vocabulary> create(std::vector<Entry> entries, std::string_view source);

  size_t size() const { return id_of_rank_.size(); }

  /// One more than the largest id.
  size_t id_limit() const { return rank_of_id_.size(); }

  std::optional<int32_t> find(std::string_view token) const;

  /// Empty for an id that no token has.
  std::string_view token(int32_t id) const;

  /// All tokens that begin with these bytes.
  Prefix prefix(std::string_view bytes) const;

  /// Every token that the text begins with, from the shortest on: `visit(Match)`. Never an empty
  /// one.
  template <class Visit>
  void for_each_match(std::span<const CodePoint> text, Visit visit) const;

  /// The longest token, not counting the bytes of `from`, that the text begins with; never an empty
  /// one.
  std::optional<Match> longest_match(std::span<const CodePoint> text, Prefix from) const;

 private:
  Prefix extend(const Prefix& prefix, uint8_t byte) const;
  Prefix extend(Prefix prefix, char32_t c) const;
  std::optional<int32_t> token_at(const Prefix& prefix) const;
  std::string_view token_of_rank(uint32_t rank) const;
  void index_first_bytes();

  static constexpr uint32_t kNoRank = UINT32_MAX;
  static constexpr size_t kByteValues = 256;

  std::string bytes_;                       // all tokens, sorted
  std::vector<uint32_t> start_of_rank_{0};  // [size + 1], into bytes_
  std::vector<int32_t> id_of_rank_;         // [size]
  std::vector<uint32_t> rank_of_id_;        // [id_limit], kNoRank in holes
  std::vector<uint32_t>
      rank_of_byte_ =  // the first token that begins with this byte or a later one
      std::vector<uint32_t>(kByteValues + 1);
};

template <class Visit>
void Vocabulary::for_each_match(std::span<const CodePoint> text, Visit visit) const {
  Prefix range = prefix("");
  for (size_t i = 0; i < text.size(); ++i) {
    range = extend(range, text[i].value);
    if (range.empty()) return;
    if (const auto id = token_at(range)) visit(Match{*id, static_cast<uint32_t>(i + 1)});
  }
}

/// Of a JSON object {token: id}, which errors call `what`.
Result<Vocabulary> read_vocabulary(const JsonValue& value, std::string_view what);

}  // namespace glassformer
