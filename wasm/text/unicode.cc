#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

#include "core/check.h"

namespace glassformer {

namespace {

/// Every `step`-th code point of [first, last] has itself plus `delta` as its lower case.
struct LowercaseRun {
  uint32_t first, last, step;
  int32_t delta;
};

struct Composition {
  char32_t first, second, composed;
};

#include "unicode_tables.inc"

constexpr uint32_t kValueMask = (1U << kValueBits) - 1;

/// Ranges of code points with one value each, as start << kValueBits |
/// value, sorted; a range ends where the
/// next one starts.
using RangeTable = std::span<const uint32_t>;

constexpr uint16_t find_value(RangeTable ranges, char32_t c) {
  // The last range that starts at c or before it.
  const auto next =
      std::upper_bound(ranges.begin(), ranges.end(), c,
                       [](char32_t point, uint32_t range) { return point < range >> kValueBits; });
  return static_cast<uint16_t>(*std::prev(next) & kValueMask);
}

constexpr char32_t kAsciiEnd = 0x80;

constexpr auto kAsciiFlags = [] {
  std::array<uint16_t, kAsciiEnd> flags{};
  for (char32_t c = 0; c < kAsciiEnd; ++c) flags[c] = find_value(kFlagRanges, c);
  return flags;
}();

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

/// Decompositions as code point << kValueBits | UTF-16 code units; where the units start is in a
/// table for every kStride-th entry only.
struct DecompositionTable {
  std::span<const uint32_t> decomposed;
  std::span<const uint16_t> starts;
  const char16_t* units;
};

constexpr DecompositionTable kCanonicalTable{kCanonicalDecomposed, kCanonicalStart,
                                             kCanonicalUnits};
constexpr DecompositionTable kCompatibleTable{kCompatibleDecomposed, kCompatibleStart,
                                              kCompatibleUnits};

std::span<const char16_t> units_of(const DecompositionTable& table, size_t entry) {
  constexpr size_t kStride = 16;
  const auto length = [&](size_t i) { return table.decomposed[i] & kValueMask; };
  const size_t listed = entry / kStride;
  const char16_t* units = table.units + table.starts[listed];
  for (size_t i = listed * kStride; i < entry; ++i) units += length(i);
  return {units, length(entry)};
}

/// Well-formed UTF-16 as code points.
Decomposition decode_units(std::span<const char16_t> units) {
  Decomposition full{};
  for (size_t i = 0; i < units.size(); ++i) {
    char32_t point = units[i];
    if (point >= 0xD800 && point <= 0xDBFF) {
      point = 0x10000 + ((point - 0xD800) << 10) + (units[++i] - 0xDC00);
    }
    full.points[full.size++] = point;
  }
  return full;
}

/// Nothing where the table has no decomposition of c.
std::optional<Decomposition> find_decomposition(const DecompositionTable& table, char32_t c) {
  const auto found =
      std::lower_bound(table.decomposed.begin(), table.decomposed.end(), c << kValueBits);
  if (found == table.decomposed.end() || *found >> kValueBits != c) return std::nullopt;
  return decode_units(units_of(table, static_cast<size_t>(found - table.decomposed.begin())));
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
  return c < kAsciiEnd ? kAsciiFlags[c] : find_value(kFlagRanges, c);
}

Lowercase to_lowercase(char32_t c) {
  if (c < kAsciiEnd) return {c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c, 0};
  constexpr char32_t kCapitalIWithDot = 0x130, kDotAbove = 0x307;
  if (c == kCapitalIWithDot) return {'i', kDotAbove};
  const auto run =
      std::lower_bound(std::begin(kLowercaseRuns), std::end(kLowercaseRuns), c,
                       [](const LowercaseRun& r, char32_t value) { return r.last < value; });
  const bool inside =
      run != std::end(kLowercaseRuns) && c >= run->first && (c - run->first) % run->step == 0;
  return {inside ? static_cast<char32_t>(static_cast<int32_t>(c) + run->delta) : c, 0};
}

uint8_t combining_class(char32_t c) {
  constexpr char32_t kFirstMark = 0x300;
  return c < kFirstMark ? 0 : static_cast<uint8_t>(find_value(kCombiningClassRanges, c));
}

Decomposition decompose(char32_t c, DecompositionKind kind) {
  if (c < kAsciiEnd) return {{c}, 1};
  if (c >= kHangulFirst && c <= kHangulLast) return decompose_hangul(c);
  std::optional<Decomposition> full;
  if (kind == DecompositionKind::kCompatible) full = find_decomposition(kCompatibleTable, c);
  if (!full) full = find_decomposition(kCanonicalTable, c);
  return full ? *full : Decomposition{{c}, 1};
}

char32_t compose(char32_t first, char32_t second) {
  if (const char32_t syllable = compose_hangul(first, second)) return syllable;
  const auto before = [](const Composition& row, const std::pair<char32_t, char32_t>& pair) {
    return std::pair(row.first, row.second) < pair;
  };
  const auto found = std::lower_bound(std::begin(kCompositions), std::end(kCompositions),
                                      std::pair(first, second), before);
  const bool matches =
      found != std::end(kCompositions) && found->first == first && found->second == second;
  return matches ? found->composed : 0;
}

GraphemeProperties grapheme_properties(char32_t c) {
  constexpr unsigned kClassBits = 4;
  const uint16_t value = find_value(kGraphemeRanges, c);
  return {static_cast<GraphemeClass>(value & ((1U << kClassBits) - 1)),
          static_cast<ConjunctClass>(value >> kClassBits)};
}

}  // namespace glassformer
