#include "pipelines/word_alignment.h"

#include <algorithm>
#include <iterator>

#include "core/utf.h"

namespace glassformer {

namespace {

bool belongs_to_unspaced_script(char32_t c) {
  constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {0x0E00, 0x0EFF},    // Thai, Lao
      {0x1000, 0x109F},    // Burmese
      {0x1780, 0x17FF},    // Khmer
      {0x3040, 0x30FF},    // Hiragana, Katakana
      {0x31F0, 0x31FF},    // Katakana extensions
      {0x3400, 0x4DBF},    // Chinese characters, from here on
      {0x4E00, 0x9FFF},    //
      {0xF900, 0xFAFF},    //
      {0x20000, 0x3FFFF},  //
  };
  return std::ranges::any_of(
      kRanges, [c](const auto& range) { return c >= range.first && c <= range.second; });
}

/// The first and last token of the word that `token` is of; itself where words do not show.
struct Word {
  size_t first, last;
};

Word word_around(const Encoding& encoding, size_t token, std::string_view text) {
  const auto same = [&encoding, token](size_t other) {
    return encoding.word_ids[other] == encoding.word_ids[token] &&
           encoding.sequence_ids[other] == encoding.sequence_ids[token];
  };
  Word word{token, token};
  while (word.first > 0 && same(word.first - 1)) --word.first;
  while (word.last + 1 < encoding.size() && same(word.last + 1)) ++word.last;
  const std::string letters =
      slice_utf16(text, encoding.offsets[word.first].start, encoding.offsets[word.last].end);
  return is_written_without_blanks(letters) ? Word{token, token} : word;
}

}  // namespace

bool is_written_without_blanks(std::string_view text) {
  for (size_t position = 0; position < text.size();) {
    if (belongs_to_unspaced_script(decode_utf8(text, position))) return true;
  }
  return false;
}

Offset align_to_words(const Encoding& encoding, size_t first, size_t last, std::string_view text) {
  return {encoding.offsets[word_around(encoding, first, text).first].start,
          encoding.offsets[word_around(encoding, last, text).last].end};
}

}  // namespace glassformer
