// From tokens to whole words of a text, where its writing shows words.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/encoding.h"

namespace glassformer {

/// Whether the text has a character of a script that is written without blanks between words
/// (Chinese, Japanese, Thai, Lao, Khmer, Burmese): there, a run of characters is not one word.
bool is_written_without_blanks(std::string_view text);

/// The place of tokens `first` to `last` (both included, of one text), widened to the words that
/// they begin and end in. `text` is the one that the offsets count in.
Offset align_to_words(const Encoding& encoding, size_t first, size_t last, std::string_view text);

}  // namespace glassformer
