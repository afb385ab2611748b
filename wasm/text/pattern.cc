#include "text/pattern.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "text/unicode.h"

namespace glassformer {

namespace {

using Node = Pattern::Node;

constexpr uint32_t kUnbounded = UINT32_MAX;
constexpr uint32_t kAcceptNode = 0;

/// Above every published pattern; bounds the work on a hostile one, with kStepsPerCharacter.
constexpr size_t kMaxPatternLength = 4096;
constexpr int kMaxGroupDepth = 32;
constexpr size_t kStepsPerCharacter = 4096;

/// Oniguruma's \w has six numbers of Latin-1 that others do not have, and lacks the joiners.
uint16_t pattern_flags(char32_t c) {
  constexpr std::u32string_view kNumbers = U"\u00B2\u00B3\u00B9\u00BC\u00BD\u00BE";
  constexpr std::u32string_view kJoiners = U"\u200C\u200D";
  const uint16_t flags = unicode_flags(c);
  if (kNumbers.find(c) != std::u32string_view::npos) return flags | kWord;
  if (kJoiners.find(c) == std::u32string_view::npos) return flags;
  return static_cast<uint16_t>(flags & ~kWord);
}

char32_t fold_case(char32_t c) {
  constexpr char32_t kLongS = 0x17F;  // an s in another shape, with no lower case of its own
  return c == kLongS ? U's' : to_lowercase(c).first;
}

/// A repetition of what comes before it: {1, 1} where there is none.
struct Quantifier {
  uint32_t minimum = 1, maximum = 1;
  Node::Greed greed = Node::Greed::kGreedy;
  bool repeats() const { return minimum != 1 || maximum != 1; }
};

/// A parsed part of a pattern: characters, a group of alternatives, or a lookahead.
struct Item {
  Node::Kind kind = Node::Kind::kCharacters;
  CharacterSet characters;
  Quantifier quantifier;
  bool negative = false;
  std::vector<std::vector<Item>> alternatives;
};

using Sequence = std::vector<Item>;
using Alternatives = std::vector<Sequence>;

/// Recursive descent over the expression's code points.
class Parser {
 public:
  Parser(std::string_view expression, std::string_view source)
      : text_(to_utf32(expression)), expression_(expression), source_(source) {}

  Result<Alternatives> parse() {
    if (text_.size() > kMaxPatternLength) return refuse("its length");
    GF_ASSIGN(Alternatives all, parse_alternatives(0));
    if (position_ < text_.size()) return refuse("')'");
    return all;
  }

 private:
  Error refuse(std::string_view what) const {
    return fail(ErrorCode::kUnsupported, source_, ": pattern '", expression_, "': ", what,
                " is not supported");
  }

  bool at_end() const { return position_ == text_.size(); }
  char32_t peek() const { return at_end() ? U'\0' : text_[position_]; }

  bool skip(std::u32string_view expected) {
    if (std::u32string_view(text_).substr(position_, expected.size()) != expected) return false;
    position_ += expected.size();
    return true;
  }

  Result<Alternatives> parse_alternatives(int depth) {
    if (depth > kMaxGroupDepth) return refuse("the depth of its groups");
    Alternatives all(1);
    while (!at_end() && peek() != U')') {
      if (skip(U"|")) {
        all.emplace_back();
        continue;
      }
      GF_ASSIGN(Item item, parse_item(depth));
      all.back().push_back(std::move(item));
    }
    return all;
  }

  Result<Item> parse_item(int depth) {
    GF_ASSIGN(Item item, peek() == U'(' ? parse_group(depth) : parse_characters());
    GF_ASSIGN(item.quantifier, parse_quantifier());
    const Quantifier& times = item.quantifier;
    const bool is_optional = times.minimum == 0 && times.maximum == 1;
    const bool is_plain_optional = is_optional && times.greed == Node::Greed::kGreedy;
    if (item.kind == Node::Kind::kAlternatives && times.repeats() && !is_plain_optional) {
      return refuse("a repeated group");
    }
    if (item.kind == Node::Kind::kLookahead && times.repeats()) {
      return refuse("a repeated lookahead");
    }
    return item;
  }

  Result<Item> parse_group(int depth) {
    Item item;
    item.kind = Node::Kind::kAlternatives;
    const bool outer_case = ignores_case_;
    skip(U"(");
    if (skip(U"?i:")) {
      ignores_case_ = true;
    } else if (skip(U"?!") || skip(U"?=")) {
      item.kind = Node::Kind::kLookahead;
      item.negative = text_[position_ - 1] == U'!';
    } else if (!skip(U"?:") && peek() == U'?') {
      return refuse("this kind of group");
    }
    GF_ASSIGN(item.alternatives, parse_alternatives(depth + 1));
    if (!skip(U")")) return refuse("a group without an end");
    ignores_case_ = outer_case;
    return item;
  }

  Result<Item> parse_characters() {
    Item item;
    CharacterSet& set = item.characters;
    set.ignores_case = ignores_case_;
    if (skip(U"[")) {
      GF_TRY(parse_class(set));
    } else if (skip(U".")) {
      set.negated = true;
      set.ranges.push_back({U'\n', U'\n'});
    } else if (skip(U"\\")) {
      GF_TRY(parse_escape(set));
    } else if (std::u32string_view(U"^$*+?{").find(peek()) != std::u32string_view::npos) {
      return refuse(concat("'", to_utf8(std::u32string_view(text_).substr(position_, 1)), "'"));
    } else {
      set.ranges.push_back({peek(), peek()});
      ++position_;
    }
    return item;
  }

  Result<void> parse_class(CharacterSet& set) {
    set.negated = skip(U"^");
    while (!skip(U"]")) {
      if (at_end()) return refuse("a class without an end");
      if (peek() == U'[' || skip(U"&&")) return refuse("a class in a class");
      if (is_set_escape()) {
        skip(U"\\");
        GF_TRY(parse_escape(set));
      } else {
        GF_TRY(parse_range(set));
      }
    }
    return {};
  }

  /// Whether an escape stands for more than one character: \s, \p{L}.
  bool is_set_escape() const {
    if (peek() != U'\\' || position_ + 1 == text_.size()) return false;
    const char32_t c = text_[position_ + 1];
    return std::u32string_view(U"pPsSwW").find(c) != std::u32string_view::npos;
  }

  Result<void> parse_range(CharacterSet& set) {
    GF_ASSIGN(const char32_t first, parse_class_character());
    CharacterSet::Range range{first, first};
    const bool is_range =
        position_ + 1 < text_.size() && peek() == U'-' && text_[position_ + 1] != U']';
    if (is_range) {
      skip(U"-");
      if (is_set_escape() || peek() == U'[') return refuse("a range that ends in a class");
      GF_ASSIGN(range.last, parse_class_character());
      if (range.last < first) return refuse("a range without characters");
    }
    set.ranges.push_back(range);
    return {};
  }

  Result<char32_t> parse_class_character() {
    const char32_t c = text_[position_++];
    if (c != U'\\') return c;
    if (at_end()) return refuse("'\\' at the end");
    return literal_of_escape(text_[position_++]);
  }

  Result<void> parse_escape(CharacterSet& set) {
    if (at_end()) return refuse("'\\' at the end");
    const char32_t c = text_[position_++];
    if (c == U'p' || c == U'P') return parse_property(set, c == U'P');
    if (const auto flag = flag_of_escape(c)) {
      set.any_flag |= *flag;
    } else if (const auto missing = flag_of_escape(c + (U'a' - U'A')); c < U'a' && missing) {
      set.missing_flags.push_back(*missing);
    } else {
      GF_ASSIGN(const char32_t literal, literal_of_escape(c));
      set.ranges.push_back({literal, literal});
    }
    return {};
  }

  static std::optional<uint16_t> flag_of_escape(char32_t c) {
    if (c == U's') return kWhiteSpace;
    if (c == U'w') return kWord;
    return std::nullopt;
  }

  Result<char32_t> literal_of_escape(char32_t c) {
    constexpr int kUnicodeDigits = 4, kByteDigits = 2;
    if (c == U'u') return parse_hexadecimal(kUnicodeDigits);
    if (c == U'x' && peek() != U'{') return parse_hexadecimal(kByteDigits);
    constexpr std::pair<char32_t, char32_t> kControls[] = {
        {U'n', U'\n'}, {U'r', U'\r'}, {U't', U'\t'}, {U'f', U'\f'}, {U'v', U'\v'}};
    for (const auto& [letter, control] : kControls) {
      if (letter == c) return control;
    }
    const bool is_letter_or_digit = c < 0x80 && is_word(c) && c != U'_';
    if (is_letter_or_digit) return refuse(concat("'\\", to_utf8({&c, 1}), "'"));
    return c;
  }

  /// So many hexadecimal digits.
  Result<char32_t> parse_hexadecimal(int digits) {
    constexpr std::u32string_view kDigits = U"0123456789abcdef";
    char32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const size_t digit = kDigits.find(to_lowercase(peek()).first);
      if (at_end() || digit == std::u32string_view::npos) return refuse("a number without digits");
      value = value * 16 + static_cast<char32_t>(digit);
      ++position_;
    }
    return value;
  }

  Result<void> parse_property(CharacterSet& set, bool negated) {
    constexpr std::pair<std::u32string_view, uint16_t> kProperties[] = {
        {U"{L}", kLetter}, {U"{Letter}", kLetter}, {U"{N}", kNumber}, {U"{Number}", kNumber}};
    for (const auto& [name, flag] : kProperties) {
      if (!skip(name)) continue;
      if (negated) {
        set.missing_flags.push_back(flag);
      } else {
        set.any_flag |= flag;
      }
      return {};
    }
    const size_t end = std::min(text_.find(U'}', position_), text_.size() - 1);
    return refuse(
        concat("\\p", to_utf8(std::u32string_view(text_).substr(position_, end + 1 - position_))));
  }

  Result<Quantifier> parse_quantifier() {
    Quantifier times;
    if (skip(U"*")) {
      times = {0, kUnbounded};
    } else if (skip(U"+")) {
      times = {1, kUnbounded};
    } else if (skip(U"?")) {
      times = {0, 1};
    } else if (peek() == U'{') {
      GF_TRY(parse_bounds(times));
    } else {
      return times;
    }
    if (skip(U"?")) {
      times.greed = Node::Greed::kLazy;
    } else if (skip(U"+")) {
      times.greed = Node::Greed::kPossessive;
    }
    return times;
  }

  Result<void> parse_bounds(Quantifier& times) {
    skip(U"{");
    const auto first = parse_number();
    const bool has_comma = skip(U",");
    const auto second = has_comma ? parse_number() : first;
    if (!first || !skip(U"}")) return refuse("'{' without bounds");
    times = {*first, second.value_or(kUnbounded)};
    if (times.maximum < times.minimum) return refuse("bounds that exclude each other");
    return {};
  }

  std::optional<uint32_t> parse_number() {
    constexpr uint32_t kMaxBound = 1000;
    std::optional<uint32_t> number;
    while (peek() >= U'0' && peek() <= U'9') {
      number = std::min(number.value_or(0) * 10 + (text_[position_++] - U'0'), kMaxBound);
    }
    return number;
  }

  std::u32string text_;
  std::string_view expression_, source_;
  size_t position_ = 0;
  bool ignores_case_ = false;
};

/// Nodes from the end to the start, so that each knows the one behind it.
class Compiler {
 public:
  explicit Compiler(std::vector<Node>& nodes) : nodes_(nodes) { nodes_.assign(1, Node{}); }

  uint32_t compile(const Alternatives& all, uint32_t next) {
    if (all.size() == 1) return compile(all.front(), next);
    Node node;
    node.kind = Node::Kind::kAlternatives;
    for (const Sequence& sequence : all) node.alternatives.push_back(compile(sequence, next));
    return add(std::move(node));
  }

 private:
  uint32_t compile(const Sequence& sequence, uint32_t next) {
    for (auto item = sequence.rbegin(); item != sequence.rend(); ++item) {
      next = compile(*item, next);
    }
    return next;
  }

  uint32_t compile(const Item& item, uint32_t next) {
    Node node;
    node.kind = item.kind;
    node.next = next;
    switch (item.kind) {
      case Node::Kind::kAlternatives:
        if (!item.quantifier.repeats()) return compile(item.alternatives, next);
        node.alternatives = {compile(item.alternatives, next), next};
        break;
      case Node::Kind::kLookahead:
        node.negative = item.negative;
        node.alternatives = {compile(item.alternatives, kAcceptNode)};
        break;
      default:
        node.characters = item.characters;
        node.minimum = item.quantifier.minimum;
        node.maximum = item.quantifier.maximum;
        node.greed = item.quantifier.greed;
    }
    return add(std::move(node));
  }

  uint32_t add(Node node) {
    nodes_.push_back(std::move(node));
    return static_cast<uint32_t>(nodes_.size() - 1);
  }

  std::vector<Node>& nodes_;
};

/// Backtracking; depth is bounded by the pattern, time by a budget of steps.
class Matcher {
 public:
  Matcher(std::span<const Node> nodes, std::span<const CodePoint> text)
      : nodes_(nodes), text_(text), steps_left_(kStepsPerCharacter * (text.size() + 1)) {}

  /// Where a match that starts at `position` ends.
  std::optional<uint32_t> match(uint32_t node, uint32_t position) {
    const Node& current = nodes_[node];
    if (steps_left_ == 0) return std::nullopt;
    --steps_left_;
    switch (current.kind) {
      case Node::Kind::kAccept:
        return position;
      case Node::Kind::kCharacters:
        return match_characters(current, position);
      case Node::Kind::kAlternatives:
        for (const uint32_t alternative : current.alternatives) {
          if (const auto end = match(alternative, position)) return end;
        }
        return std::nullopt;
      case Node::Kind::kLookahead:
        const bool found = match(current.alternatives.front(), position).has_value();
        if (found == current.negative) return std::nullopt;
        return match(current.next, position);
    }
    return std::nullopt;
  }

 private:
  std::optional<uint32_t> match_characters(const Node& node, uint32_t position) {
    const uint32_t most = count_characters(node, position);
    if (most < node.minimum) return std::nullopt;
    if (node.greed == Node::Greed::kPossessive) return match(node.next, position + most);
    const bool lazy = node.greed == Node::Greed::kLazy;
    for (uint32_t i = 0; i <= most - node.minimum; ++i) {
      const uint32_t count = lazy ? node.minimum + i : most - i;
      if (const auto end = match(node.next, position + count)) return end;
    }
    return std::nullopt;
  }

  uint32_t count_characters(const Node& node, uint32_t position) {
    uint32_t count = 0;
    while (count < node.maximum && position + count < text_.size() &&
           node.characters.contains(text_[position + count].value)) {
      ++count;
    }
    steps_left_ -= std::min<size_t>(steps_left_, count);
    return count;
  }

  std::span<const Node> nodes_;
  std::span<const CodePoint> text_;
  size_t steps_left_;
};

}  // namespace

bool CharacterSet::contains(char32_t c) const {
  const auto in_range = [this, c](const Range& range) {
    if (c >= range.first && c <= range.last) return true;
    if (!ignores_case) return false;
    const char32_t folded = fold_case(c);
    return range.first == range.last ? folded == fold_case(range.first)
                                     : folded >= range.first && folded <= range.last;
  };
  const uint16_t flags = pattern_flags(c);
  const auto lacks = [flags](uint16_t flag) { return !(flags & flag); };
  const bool found = (flags & any_flag) ||
                     std::any_of(missing_flags.begin(), missing_flags.end(), lacks) ||
                     std::any_of(ranges.begin(), ranges.end(), in_range);
  return found != negated;
}

Pattern Pattern::literal(std::string_view text) {
  Sequence sequence;
  for (const char32_t c : to_utf32(text)) {
    sequence.emplace_back().characters.ranges.push_back({c, c});
  }
  Pattern pattern;
  pattern.start_ = Compiler(pattern.nodes_).compile(Alternatives{std::move(sequence)}, kAcceptNode);
  return pattern;
}

Result<Pattern> Pattern::regex(std::string_view expression, std::string_view source) {
  GF_ASSIGN(const Alternatives all, Parser(expression, source).parse());
  Pattern pattern;
  pattern.start_ = Compiler(pattern.nodes_).compile(all, kAcceptNode);
  return pattern;
}

std::vector<Pattern::Match> Pattern::find_all(std::span<const CodePoint> text) const {
  std::vector<Match> matches;
  Matcher matcher(nodes_, text);
  for (uint32_t position = 0; position < text.size();) {
    const auto end = matcher.match(start_, position);
    if (end && *end > position) {
      matches.push_back({position, *end});
      position = *end;
    } else {
      ++position;
    }
  }
  return matches;
}

Result<Pattern> read_pattern(const JsonValue& value) {
  GF_ASSIGN(const JsonValue field, value.at("pattern"));
  if (const auto literal = field.find("String")) {
    GF_ASSIGN(const std::string text, literal->string("pattern"));
    return Pattern::literal(text);
  }
  GF_ASSIGN(const JsonValue expression, field.at("Regex"));
  GF_ASSIGN(const std::string text, expression.string("pattern"));
  return Pattern::regex(text, value.document());
}

}  // namespace glassformer
