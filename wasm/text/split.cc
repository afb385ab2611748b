#include "text/split.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "text/fields.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

/// Sections of which the second is joined to the first where a delimiter meets what it belongs to.
template <class Joins>
std::vector<Section> join_neighbours(const std::vector<Section>& sections, Joins joins) {
  std::vector<Section> joined;
  bool previous_was_delimiter = false;
  for (const Section& section : sections) {
    if (!joined.empty() && joins(previous_was_delimiter, section.is_delimiter)) {
      joined.back().end = section.end;
    } else {
      joined.push_back({section.begin, section.end, false});
    }
    previous_was_delimiter = section.is_delimiter;
  }
  return joined;
}

/// From the right: a delimiter joins the section behind it, unless that is a delimiter too.
std::vector<Section> join_next(const std::vector<Section>& sections) {
  std::vector<Section> joined;
  bool next_was_delimiter = false;
  for (auto section = sections.rbegin(); section != sections.rend(); ++section) {
    if (section->is_delimiter && !next_was_delimiter && !joined.empty()) {
      joined.back().begin = section->begin;
    } else {
      joined.push_back({section->begin, section->end, false});
    }
    next_was_delimiter = section->is_delimiter;
  }
  std::reverse(joined.begin(), joined.end());
  return joined;
}

/// Cuts the pieces at delimiters that `find(characters)` returns.
template <class Find>
void split_pieces(PreTokenizedText& text, DelimiterBehavior behavior, Find find) {
  std::vector<Piece> pieces;
  for (const Piece& piece : text.pieces) {
    if (piece.added_token != Piece::kNoToken) {
      pieces.push_back(piece);
      continue;
    }
    const uint32_t size = piece.end - piece.begin;
    const auto chars = std::span<const CodePoint>(text.chars).subspan(piece.begin, size);
    for (const Section& section : merge_delimiters(find(chars), behavior)) {
      pieces.push_back({piece.begin + section.begin, piece.begin + section.end});
    }
  }
  text.pieces = std::move(pieces);
}

struct SplitOptions {
  DelimiterBehavior behavior = DelimiterBehavior::kIsolated;
  bool invert = false;  // what matches is kept, what is between is the delimiter
};

class PatternSplitter : public PreTokenizer {
 public:
  PatternSplitter(Pattern pattern, const SplitOptions& options)
      : pattern_(std::move(pattern)), options_(options) {}

  void pre_tokenize(PreTokenizedText& text) const override {
    split_pieces(text, options_.behavior, [this](std::span<const CodePoint> chars) {
      auto sections = cut_at(pattern_.find_all(chars), static_cast<uint32_t>(chars.size()));
      for (Section& section : sections) section.is_delimiter ^= options_.invert;
      return sections;
    });
  }

 private:
  Pattern pattern_;
  SplitOptions options_;
};

/// Every character with a flag is a delimiter by itself.
class FlagSplitter : public PreTokenizer {
 public:
  FlagSplitter(UnicodeFlag flag, DelimiterBehavior behavior) : flag_(flag), behavior_(behavior) {}

  void pre_tokenize(PreTokenizedText& text) const override {
    split_pieces(text, behavior_, [this](std::span<const CodePoint> chars) {
      std::vector<Pattern::Match> delimiters;
      for (uint32_t i = 0; i < chars.size(); ++i) {
        if (unicode_flags(chars[i].value) & flag_) delimiters.push_back({i, i + 1});
      }
      return cut_at(delimiters, static_cast<uint32_t>(chars.size()));
    });
  }

 private:
  UnicodeFlag flag_;
  DelimiterBehavior behavior_;
};

/// Every so many characters; the last piece has what is left.
class FixedLengthSplitter : public PreTokenizer {
 public:
  explicit FixedLengthSplitter(uint32_t length) : length_(length) {}

  void pre_tokenize(PreTokenizedText& text) const override {
    split_pieces(text, DelimiterBehavior::kIsolated, [this](std::span<const CodePoint> chars) {
      std::vector<Section> sections;
      const auto size = static_cast<uint32_t>(chars.size());
      for (uint32_t begin = 0; begin < size;) {
        const uint32_t end = begin + std::min(length_, size - begin);
        sections.push_back({begin, end, false});
        begin = end;
      }
      return sections;
    });
  }

 private:
  uint32_t length_;
};

Result<DelimiterBehavior> read_behavior(const JsonValue& value) {
  constexpr std::pair<std::string_view, DelimiterBehavior> kBehaviors[] = {
      {"Removed", DelimiterBehavior::kRemoved},
      {"Isolated", DelimiterBehavior::kIsolated},
      {"MergedWithPrevious", DelimiterBehavior::kMergedWithPrevious},
      {"MergedWithNext", DelimiterBehavior::kMergedWithNext},
      {"Contiguous", DelimiterBehavior::kContiguous},
  };
  GF_ASSIGN(const std::string name, read_string(value, "behavior"));
  for (const auto& [known, behavior] : kBehaviors) {
    if (known == name) return behavior;
  }
  return fail(ErrorCode::kUnsupported, value.document(), ": behavior '", name,
              "' is not supported");
}

template <class Kind, class... Arguments>
Result<std::unique_ptr<PreTokenizer>> make(Arguments&&... arguments) {
  return std::unique_ptr<PreTokenizer>(
      std::make_unique<Kind>(std::forward<Arguments>(arguments)...));
}

}  // namespace

std::vector<Section> cut_at(std::span<const Pattern::Match> delimiters, uint32_t size) {
  std::vector<Section> sections;
  uint32_t last = 0;
  for (const Pattern::Match& match : delimiters) {
    if (last < match.begin) sections.push_back({last, match.begin, false});
    sections.push_back({match.begin, match.end, true});
    last = match.end;
  }
  if (last < size) sections.push_back({last, size, false});
  return sections;
}

std::vector<Section> merge_delimiters(const std::vector<Section>& sections,
                                      DelimiterBehavior behavior) {
  switch (behavior) {
    case DelimiterBehavior::kIsolated:
      break;
    case DelimiterBehavior::kRemoved: {
      std::vector<Section> kept = sections;
      std::erase_if(kept, [](const Section& section) { return section.is_delimiter; });
      return kept;
    }
    case DelimiterBehavior::kMergedWithPrevious:
      return join_neighbours(sections, [](bool previous, bool is) { return is && !previous; });
    case DelimiterBehavior::kMergedWithNext:
      return join_next(sections);
    case DelimiterBehavior::kContiguous:
      return join_neighbours(sections, [](bool previous, bool is) { return is == previous; });
  }
  return sections;
}

void append_piece(std::span<const CodePoint> chars, PreTokenizedText& out) {
  if (chars.empty()) return;
  const auto start = static_cast<uint32_t>(out.chars.size());
  out.chars.insert(out.chars.end(), chars.begin(), chars.end());
  out.pieces.push_back({start, static_cast<uint32_t>(out.chars.size())});
}

Result<std::unique_ptr<PreTokenizer>> read_split(const JsonValue& value) {
  SplitOptions options;
  GF_ASSIGN(options.behavior, read_behavior(value));
  GF_ASSIGN(options.invert, read_flag(value, "invert"));
  GF_ASSIGN(Pattern pattern, read_pattern(value));
  return make<PatternSplitter>(std::move(pattern), options);
}

Result<std::unique_ptr<PreTokenizer>> read_char_delimiter_split(const JsonValue& value) {
  GF_ASSIGN(const std::string delimiter, read_string(value, "delimiter"));
  if (to_utf32(delimiter).size() != 1) {
    return fail(ErrorCode::kInvalidFormat, value.document(),
                ": 'delimiter': expected one character, got '", delimiter, "'");
  }
  return make<PatternSplitter>(Pattern::literal(delimiter),
                               SplitOptions{.behavior = DelimiterBehavior::kRemoved});
}

Result<std::unique_ptr<PreTokenizer>> read_fixed_length(const JsonValue& value) {
  GF_ASSIGN(const JsonValue field, value.at("length"));
  GF_ASSIGN(const int64_t length, field.integer("length"));
  if (length < 1 || length > UINT32_MAX) {
    return fail(ErrorCode::kInvalidFormat, value.document(), ": 'length': expected 1 or more, got ",
                length);
  }
  return make<FixedLengthSplitter>(static_cast<uint32_t>(length));
}

Result<std::unique_ptr<PreTokenizer>> read_digits(const JsonValue& value) {
  GF_ASSIGN(const bool individual, read_flag(value, "individual_digits"));
  return make<FlagSplitter>(
      kNumeric, individual ? DelimiterBehavior::kIsolated : DelimiterBehavior::kContiguous);
}

Result<std::unique_ptr<PreTokenizer>> read_punctuation(const JsonValue& value) {
  DelimiterBehavior behavior = DelimiterBehavior::kIsolated;
  if (value.find("behavior")) {
    GF_ASSIGN(behavior, read_behavior(value));
  }
  return make<FlagSplitter>(kPunctuation, behavior);
}

}  // namespace glassformer
