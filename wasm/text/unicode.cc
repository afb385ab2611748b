#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "core/check.h"

namespace glassformer {

namespace {

#include "unicode_tables.inc"

/// Every `step`-th code point of [first, last] has itself plus `delta` as its lower case.
struct LowercaseRun {
  uint32_t first, last, step;
  int32_t delta;
};

struct Composition {
  char32_t first, second, composed;
};

/// One step of a decomposition: `size` of the points from `start` on.
struct DirectDecomposition {
  char32_t character;
  uint32_t start;
  uint8_t size;
  bool is_compatible;
};

/// Packed numbers, one after another (see generate_unicode_tables.mjs).
class PackedNumbers {
 public:
  explicit PackedNumbers(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool empty() const { return bytes_.empty(); }

  uint32_t next() {
    uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const uint8_t byte = bytes_.front();
      bytes_ = bytes_.subspan(1);
      number |= (byte & 0x7FU) << shift;
      if (!(byte & 0x80)) return number;
    }
  }

  int32_t next_signed() {
    const uint32_t number = next();
    const auto half = static_cast<int32_t>(number >> 1);
    return number & 1 ? -half - 1 : half;
  }

 private:
  std::span<const uint8_t> bytes_;
};

constexpr unsigned kValueBits = 11;  // next to the 21 of a code point
constexpr uint32_t kValueMask = (1U << kValueBits) - 1;
constexpr char32_t kAsciiEnd = 0x80;

/// Ranges of code points with one value each, as start << kValueBits | value, sorted; a range ends
/// where the next one starts.
struct RangeTable {
  std::vector<uint32_t> ranges;

  RangeTable(std::span<const uint8_t> gaps, std::span<const uint8_t> kinds,
             std::span<const uint16_t> values) {
    PackedNumbers gap(gaps), kind(kinds);
    for (uint32_t start = 0; !gap.empty();) {
      start += gap.next();
      ranges.push_back(start << kValueBits | values[kind.next()]);
    }
  }

  uint16_t find(char32_t c) const {
    // The last range that starts at c or before it.
    const auto next = std::upper_bound(
        ranges.begin(), ranges.end(), c,
        [](char32_t point, uint32_t range) { return point < range >> kValueBits; });
    return static_cast<uint16_t>(*std::prev(next) & kValueMask);
  }
};

std::vector<LowercaseRun> unpack_lowercase() {
  std::vector<LowercaseRun> runs;
  uint32_t last = 0;
  for (PackedNumbers numbers(kLowercaseRuns); !numbers.empty();) {
    const uint32_t first = last + numbers.next();
    last = first + numbers.next();
    const uint32_t step = numbers.next();
    runs.push_back({first, last, step, numbers.next_signed()});
  }
  return runs;
}

/// Everything that is known of Unicode, unpacked when it is first asked for: 120 KB of memory for
/// 32 KB of program.
struct Tables {
  RangeTable flags{kFlagGaps, kFlagKinds, kFlagValues};
  RangeTable combining_classes{kCombiningClassGaps, kCombiningClassKinds, kCombiningClassValues};
  RangeTable graphemes{kGraphemeGaps, kGraphemeKinds, kGraphemeValues};
  std::vector<LowercaseRun> lowercase = unpack_lowercase();
  std::vector<DirectDecomposition> decompositions;  // sorted by character
  std::vector<char32_t> points;
  std::vector<Composition> compositions;  // sorted by first and second
  std::array<uint16_t, kAsciiEnd> ascii_flags{};

  Tables() {
    for (char32_t c = 0; c < kAsciiEnd; ++c) ascii_flags[c] = flags.find(c);
    unpack_decompositions();
    std::sort(compositions.begin(), compositions.end(),
              [](const Composition& a, const Composition& b) {
                return std::pair(a.first, a.second) < std::pair(b.first, b.second);
              });
  }

 private:
  void unpack_decompositions() {
    constexpr uint32_t kExcluded = 1, kCompatible = 2;
    constexpr unsigned kKindBits = 2;
    PackedNumbers gaps(kDecomposedGaps), kinds(kDecompositionKinds), firsts(kFirstPoints),
        others(kOtherPoints);
    char32_t character = 0;
    int32_t first = 0, other = 0;
    while (!gaps.empty()) {
      character += gaps.next();
      const uint32_t kind = kinds.next(), size = kind >> kKindBits;
      const auto start = static_cast<uint32_t>(points.size());
      points.push_back(static_cast<char32_t>(first += firsts.next_signed()));
      for (uint32_t i = 1; i < size; ++i) {
        points.push_back(static_cast<char32_t>(other += others.next_signed()));
      }
      decompositions.push_back(
          {character, start, static_cast<uint8_t>(size), (kind & kCompatible) != 0});
      const bool composes = size == 2 && !(kind & (kExcluded | kCompatible));
      if (composes) compositions.push_back({points[start], points[start + 1], character});
    }
  }
};

const Tables& tables() {
  static const Tables all;
  return all;
}

// Hangul syllables decompose by arithmetic (The Unicode Standard, section 3.12).
constexpr char32_t kHangulFirst = 0xAC00, kHangulLast = 0xD7A3;
constexpr char32_t kLeadFirst = 0x1100, kVowelFirst = 0x1161, kTrailBase = 0x11A7;
constexpr char32_t kLeads = 19, kVowels = 21, kTrails = 28;

Decomposition decompose_hangul(char32_t c) {
  const char32_t index = c - kHangulFirst;
  const char32_t trail = index % kTrails;
  const char32_t lead = kLeadFirst + index / (kVowels * kTrails);
  const char32_t vowel = kVowelFirst + index / kTrails % kVowels;
  return {{lead, vowel, kTrailBase + trail}, trail == 0 ? 2 : 3};
}

/// Appends what a character decomposes to, step by step.
void append_decomposition(char32_t c, DecompositionKind kind, Decomposition& full) {
  const auto& all = tables().decompositions;
  const auto entry = std::lower_bound(
      all.begin(), all.end(), c,
      [](const DirectDecomposition& d, char32_t value) { return d.character < value; });
  const bool applies = entry != all.end() && entry->character == c &&
                       (kind == DecompositionKind::kCompatible || !entry->is_compatible);
  if (!applies) {
    GF_CHECK(full.size < kMaxDecomposition);
    full.points[full.size++] = c;
    return;
  }
  for (uint32_t i = 0; i < entry->size; ++i) {
    append_decomposition(tables().points[entry->start + i], kind, full);
  }
}

/// A leading consonant and a vowel, or a syllable of these and a trailing consonant; else 0.
char32_t compose_hangul(char32_t first, char32_t second) {
  const bool is_lead = first >= kLeadFirst && first < kLeadFirst + kLeads;
  if (is_lead && second >= kVowelFirst && second < kVowelFirst + kVowels) {
    return kHangulFirst + ((first - kLeadFirst) * kVowels + (second - kVowelFirst)) * kTrails;
  }
  const bool is_open =
      first >= kHangulFirst && first <= kHangulLast && (first - kHangulFirst) % kTrails == 0;
  if (is_open && second > kTrailBase && second < kTrailBase + kTrails) {
    return first + (second - kTrailBase);
  }
  return 0;
}

}  // namespace

uint16_t unicode_flags(char32_t c) {
  return c < kAsciiEnd ? tables().ascii_flags[c] : tables().flags.find(c);
}

Lowercase to_lowercase(char32_t c) {
  if (c < kAsciiEnd) return {c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c, 0};
  constexpr char32_t kCapitalIWithDot = 0x130, kDotAbove = 0x307;
  if (c == kCapitalIWithDot) return {'i', kDotAbove};
  const auto& runs = tables().lowercase;
  const auto run =
      std::lower_bound(runs.begin(), runs.end(), c,
                       [](const LowercaseRun& r, char32_t value) { return r.last < value; });
  const bool inside = run != runs.end() && c >= run->first && (c - run->first) % run->step == 0;
  return {inside ? static_cast<char32_t>(static_cast<int32_t>(c) + run->delta) : c, 0};
}

uint8_t combining_class(char32_t c) {
  constexpr char32_t kFirstMark = 0x300;
  return c < kFirstMark ? 0 : static_cast<uint8_t>(tables().combining_classes.find(c));
}

Decomposition decompose(char32_t c, DecompositionKind kind) {
  if (c < kAsciiEnd) return {{c}, 1};
  if (c >= kHangulFirst && c <= kHangulLast) return decompose_hangul(c);
  Decomposition full{};
  append_decomposition(c, kind, full);
  return full;
}

char32_t compose(char32_t first, char32_t second) {
  if (const char32_t syllable = compose_hangul(first, second)) return syllable;
  const auto before = [](const Composition& row, const std::pair<char32_t, char32_t>& pair) {
    return std::pair(row.first, row.second) < pair;
  };
  const auto& all = tables().compositions;
  const auto found = std::lower_bound(all.begin(), all.end(), std::pair(first, second), before);
  const bool matches = found != all.end() && found->first == first && found->second == second;
  return matches ? found->composed : 0;
}

GraphemeProperties grapheme_properties(char32_t c) {
  constexpr unsigned kClassBits = 4;
  if (c >= kHangulFirst && c <= kHangulLast) {
    const bool has_trail = (c - kHangulFirst) % kTrails != 0;
    return {has_trail ? GraphemeClass::kLeadVowelTrail : GraphemeClass::kLeadVowel,
            ConjunctClass::kNone};
  }
  const uint16_t value = tables().graphemes.find(c);
  return {static_cast<GraphemeClass>(value & ((1U << kClassBits) - 1)),
          static_cast<ConjunctClass>(value >> kClassBits)};
}

}  // namespace glassformer
