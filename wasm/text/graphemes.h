// Extended grapheme clusters (UAX #29): what a reader takes for one character.
#pragma once

#include <cstddef>
#include <span>

#include "core/utf.h"

namespace glassformer {

/// How many code points the first cluster of a text has, at least one. The text is not empty.
size_t grapheme_length(std::span<const CodePoint> text);

}  // namespace glassformer
