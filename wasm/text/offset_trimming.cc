#include "text/offset_trimming.h"

#include <algorithm>

#include "text/byte_alphabet.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

bool is_blank(char32_t c) { return c == character_of_byte(' ') || is_white_space(c); }

}  // namespace

Offset OffsetTrimmer::trim(std::string_view token, Offset offset, size_t index) const {
  const std::u32string chars = to_utf32(token);
  const auto first_word = std::find_if_not(chars.begin(), chars.end(), is_blank);
  const auto last_word = std::find_if_not(chars.rbegin(), chars.rend(), is_blank);
  auto leading = static_cast<size_t>(first_word - chars.begin());
  const auto trailing = static_cast<size_t>(last_word - chars.rbegin());
  const bool is_first = index == 0 || offset.start == 0;
  if (is_first && options_.keeps_first_blank && leading == 1) leading = 0;
  if (leading == 0 && trailing == 0) return offset;

  size_t start = position_at(offset.start), end = position_at(offset.end);
  start = std::min(start + leading, end);
  if (end >= trailing) end = std::max(end - trailing, start);
  return {utf16_at(start), utf16_at(end)};
}

size_t OffsetTrimmer::position_at(uint32_t utf16) const {
  const auto found = std::lower_bound(
      text_.begin(), text_.end(), utf16,
      [](const CodePoint& point, uint32_t value) { return point.utf16_start < value; });
  return static_cast<size_t>(found - text_.begin());
}

uint32_t OffsetTrimmer::utf16_at(size_t position) const {
  if (position < text_.size()) return text_[position].utf16_start;
  return text_.empty() ? 0 : text_.back().utf16_end;
}

}  // namespace glassformer
