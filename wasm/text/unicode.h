// What the tokenisers need to know of Unicode. The tables are generated at build time
// (generate_unicode_tables.mjs) as the reference implementation knows Unicode, which is not one
// version: see there. Unknown code points have no properties.
#pragma once

#include <cstdint>
#include <string_view>

namespace glassformer {

/// Bits of unicode_flags().
enum UnicodeFlag : uint16_t {
  kWhiteSpace = 1,  // White_Space
  kPunctuation =
      2,  // P*, and every ASCII character that is neither letter, digit, space nor control
  kNonspacingMark = 4,  // Mn
  kControl = 8,         // Cc, Cf, Co
  kWord = 16,           // \w of regular expressions: letters, marks, digits, connectors, joiners
  kMark = 32,           // Mn, Mc, Me
  kLetter = 64,         // \p{L} of patterns
  kNumber = 128,        // \p{N} of patterns
  kNumeric = 256,       // N*, of a younger Unicode than kNumber
};

uint16_t unicode_flags(char32_t c);

inline bool is_white_space(char32_t c) { return unicode_flags(c) & kWhiteSpace; }
inline bool is_punctuation(char32_t c) { return unicode_flags(c) & kPunctuation; }
inline bool is_word(char32_t c) { return unicode_flags(c) & kWord; }

/// The lower case of one character by itself (no final sigma): one code point, of U+0130 two.
/// `second` is 0 if there is none.
struct Lowercase {
  char32_t first;
  char32_t second;
};
Lowercase to_lowercase(char32_t c);

/// Canonical combining class; 0 for a starter.
uint8_t combining_class(char32_t c);

/// The longest full decomposition (of U+FDFA, a whole phrase).
inline constexpr int kMaxDecomposition = 18;

enum class DecompositionKind : uint8_t { kCanonical, kCompatible };

/// A full decomposition: the character itself where it has none.
struct Decomposition {
  char32_t points[kMaxDecomposition];
  int size;
};
Decomposition decompose(char32_t c, DecompositionKind kind = DecompositionKind::kCanonical);

/// The character that two compose to canonically, or 0.
char32_t compose(char32_t first, char32_t second);

/// Grapheme_Cluster_Break, with Extended_Pictographic as a class of its own.
enum class GraphemeClass : uint8_t {
  kOther,
  kCr,
  kLf,
  kControl,
  kExtend,
  kJoiner,
  kRegionalIndicator,
  kPrepend,
  kSpacingMark,
  kLead,
  kVowel,
  kTrail,
  kLeadVowel,
  kLeadVowelTrail,
  kPictograph,
};

/// Indic_Conjunct_Break.
enum class ConjunctClass : uint8_t { kNone, kConsonant, kLinker, kExtend };

struct GraphemeProperties {
  GraphemeClass grapheme_class;
  ConjunctClass conjunct;
};
GraphemeProperties grapheme_properties(char32_t c);

}  // namespace glassformer
