#include "core/utf.h"

namespace glassformer {

namespace {

/// What the lead byte of a sequence promises: how many bytes follow, and the range of the first of
/// them, which rules out overlong forms, surrogates and values beyond U+10FFFF (Unicode 16, table
/// 3-7).
struct Lead {
  int following;
  uint8_t low;
  uint8_t high;
};

Lead classify_lead(uint8_t lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {1, 0x80, 0xBF};
  if (lead == 0xE0) return {2, 0xA0, 0xBF};
  if (lead == 0xED) return {2, 0x80, 0x9F};
  if (lead >= 0xE1 && lead <= 0xEF) return {2, 0x80, 0xBF};
  if (lead == 0xF0) return {3, 0x90, 0xBF};
  if (lead >= 0xF1 && lead <= 0xF3) return {3, 0x80, 0xBF};
  if (lead == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

char32_t decode_utf8(std::string_view text, size_t& position) {
  const auto lead = static_cast<uint8_t>(text[position++]);
  if (lead < 0x80) return lead;
  const Lead form = classify_lead(lead);
  if (form.following == 0) return kReplacementCharacter;
  char32_t value = lead & (0x3F >> form.following);
  uint8_t low = form.low, high = form.high;
  for (int i = 0; i < form.following; ++i) {
    if (position == text.size()) return kReplacementCharacter;
    const auto byte = static_cast<uint8_t>(text[position]);
    if (byte < low || byte > high)
      return kReplacementCharacter;  // not consumed: it may begin the next one
    value = (value << 6) | (byte & 0x3F);
    low = 0x80;
    high = 0xBF;
    ++position;
  }
  return value;
}

std::vector<CodePoint> decode_text(std::string_view text) {
  std::vector<CodePoint> points;
  points.reserve(text.size());
  uint32_t utf16 = 0;
  for (size_t position = 0; position < text.size();) {
    const char32_t value = decode_utf8(text, position);
    points.push_back({value, utf16, utf16 + utf16_length(value)});
    utf16 += utf16_length(value);
  }
  return points;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacementCharacter;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string slice_utf16(std::string_view text, uint32_t start, uint32_t end) {
  std::string slice;
  uint32_t utf16 = 0;
  for (size_t position = 0; position < text.size() && utf16 < end;) {
    const char32_t c = decode_utf8(text, position);
    if (utf16 >= start) append_utf8(slice, c);
    utf16 += utf16_length(c);
  }
  return slice;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (char32_t c : text) append_utf8(out, c);
  return out;
}

std::u32string to_utf32(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (size_t position = 0; position < text.size();) out += decode_utf8(text, position);
  return out;
}

}  // namespace glassformer
