#include "text/unicode.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "core/check.h"

namespace glassformer {

namespace {

/// Every `step`-th code point of [first, last] has itself plus `delta` as its lower case.
struct LowercaseRun {
  uint32_t first, last, step;
  int32_t delta;
};

#include "unicode_tables.inc"

/// Ranges of code points with one value each, as start << 8 | value, sorted; a range ends where the
/// next one starts.
using RangeTable = std::span<const uint32_t>;

constexpr uint8_t find_value(RangeTable ranges, char32_t c) {
  const uint32_t behind = (static_cast<uint32_t>(c) + 1)
                          << 8;  // less than every range that starts after c
  const auto next = std::lower_bound(ranges.begin(), ranges.end(), behind);
  return static_cast<uint8_t>(*std::prev(next));
}

constexpr char32_t kAsciiEnd = 0x80;

constexpr auto kAsciiFlags = [] {
  std::array<uint8_t, kAsciiEnd> flags{};
  for (char32_t c = 0; c < kAsciiEnd; ++c) flags[c] = find_value(kFlagRanges, c);
  return flags;
}();

// Hangul syllables decompose by arithmetic (The Unicode Standard, section 3.12).
constexpr char32_t kHangulFirst = 0xAC00, kHangulLast = 0xD7A3;
constexpr char32_t kLeadFirst = 0x1100, kVowelFirst = 0x1161, kTrailBase = 0x11A7;
constexpr char32_t kVowels = 21, kTrails = 28;

Decomposition decompose_hangul(char32_t c) {
  const char32_t index = c - kHangulFirst;
  const char32_t trail = index % kTrails;
  const char32_t lead = kLeadFirst + index / (kVowels * kTrails);
  const char32_t vowel = kVowelFirst + index / kTrails % kVowels;
  return {{lead, vowel, kTrailBase + trail}, trail == 0 ? 2 : 3};
}

/// Where the UTF-16 code units of a decomposition start. kDecomposed has code point << 8 | units;
/// the starts of every kStride-th entry are in a table.
const char16_t* units_of(size_t entry) {
  constexpr size_t kStride = 16;
  const size_t listed = entry / kStride;
  const char16_t* units = kDecompositionUnits + kDecompositionStart[listed];
  for (size_t i = listed * kStride; i < entry; ++i) units += kDecomposed[i] & 0xFF;
  return units;
}

/// One code point of well-formed UTF-16.
char32_t next_point(const char16_t*& units) {
  const char32_t high = *units++;
  if (high < 0xD800 || high > 0xDBFF) return high;
  return 0x10000 + ((high - 0xD800) << 10) + (*units++ - 0xDC00);
}

}  // namespace

uint8_t unicode_flags(char32_t c) {
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
  return c < kFirstMark ? 0 : find_value(kCombiningClassRanges, c);
}

Decomposition decompose(char32_t c) {
  if (c < kAsciiEnd) return {{c}, 1};
  if (c >= kHangulFirst && c <= kHangulLast) return decompose_hangul(c);
  const auto found = std::lower_bound(std::begin(kDecomposed), std::end(kDecomposed), c << 8);
  if (found == std::end(kDecomposed) || *found >> 8 != c) return {{c}, 1};
  const char16_t* units = units_of(static_cast<size_t>(found - std::begin(kDecomposed)));
  const char16_t* end = units + (*found & 0xFF);
  Decomposition full{};
  while (units < end) full.points[full.size++] = next_point(units);
  return full;
}

}  // namespace glassformer
