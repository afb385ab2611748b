// UTF-8 in, code points and UTF-16 positions out. Text comes from people and files, so any bytes
// are accepted: each maximal ill-formed part becomes one U+FFFD, as the Encoding Standard (WHATWG)
// decodes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glassformer {

inline constexpr char32_t kReplacementCharacter = 0xFFFD;

/// A code point of the original text and where it lies there, in UTF-16 code units (as JavaScript
/// counts).
struct CodePoint {
  char32_t value;
  uint32_t utf16_start;
  uint32_t utf16_end;
};

/// UTF-16 code units that a code point takes: 2 outside the Basic Multilingual Plane.
constexpr uint32_t utf16_length(char32_t c) { return c > 0xFFFF ? 2 : 1; }

/// Decodes the code point that starts at `position` (< text.size()) and moves `position` behind it.
char32_t decode_utf8(std::string_view text, size_t& position);

/// The whole text, with positions.
std::vector<CodePoint> decode_text(std::string_view text);

/// Appends the UTF-8 form of a code point (surrogates and values beyond U+10FFFF become U+FFFD).
void append_utf8(std::string& out, char32_t c);

/// The text between two UTF-16 positions, half-open, as well-formed UTF-8. Positions inside a
/// character count as behind it.
std::string slice_utf16(std::string_view text, uint32_t start, uint32_t end);

std::string to_utf8(std::u32string_view text);
std::u32string to_utf32(std::string_view text);

}  // namespace glassformer
