// What normalisers and pre-tokenisers do to characters, with the places in the original kept as the
// reference implementation keeps them (its NormalizedString::transform).
#pragma once

#include <span>
#include <vector>

#include "text/aligned_text.h"

namespace glassformer {

/// A character of a rewritten text and what it does with the characters of the text before:
///   change == 0  takes the place of the next one;
///   change > 0   is inserted, and shares the place of the one before;
///   change < 0   takes the place of the next one and swallows the -change ones that follow.
struct RewrittenPoint {
  char32_t value;
  int32_t change;
};

/// The text as rewritten; its first `skipped` characters are gone.
AlignedText rewrite(std::span<const CodePoint> text, std::span<const RewrittenPoint> points,
                    size_t skipped = 0);

}  // namespace glassformer
