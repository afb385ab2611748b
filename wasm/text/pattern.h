// The regular expressions of tokenizer.json files ("Split" and "Replace"): literals, classes,
// groups, alternatives, repetition and lookahead, as the reference's engine (Oniguruma) matches
// them. Other syntax is refused by name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/utf.h"

namespace glassformer {

/// Characters of one place of a pattern: any of the flags of unicode.h, none of others, or in a
/// range.
struct CharacterSet {
  struct Range {
    char32_t first, last;
  };

  uint16_t any_flag = 0;
  std::vector<uint16_t> missing_flags;  // \S, \P{L}: matches what lacks the flag
  std::vector<Range> ranges;
  bool negated = false;
  bool ignores_case = false;

  bool contains(char32_t c) const;
};

class Pattern {
 public:
  struct Match {
    uint32_t begin, end;
  };

  static Pattern literal(std::string_view text);

  /// `source` names the file in errors; kUnsupported says which syntax is not known.
  static Result<Pattern> regex(std::string_view expression, std::string_view source);

  /// All matches from left to right, none of them empty, none overlapping.
  std::vector<Match> find_all(std::span<const CodePoint> text) const;

  /// The program that a pattern is compiled to: public for the compiler alone.
  struct Node {
    enum class Kind : uint8_t { kAccept, kCharacters, kAlternatives, kLookahead };
    enum class Greed : uint8_t { kGreedy, kLazy, kPossessive };

    Kind kind = Kind::kAccept;
    Greed greed = Greed::kGreedy;
    bool negative = false;              // of kLookahead
    uint32_t minimum = 1, maximum = 1;  // of kCharacters
    CharacterSet characters;
    std::vector<uint32_t> alternatives;  // nodes: of kAlternatives in order, of kLookahead one
    uint32_t next = 0;
  };

 private:
  std::vector<Node> nodes_;  // nodes_[0] accepts
  uint32_t start_ = 0;
};

/// The "pattern" of a part: {"String": "..."} or {"Regex": "..."}.
Result<Pattern> read_pattern(const JsonValue& value);

}  // namespace glassformer
