// Which tokens of each text stay when both together must not be more than a limit.
#pragma once

#include <cstddef>
#include <vector>

namespace glassformer {

struct TextLengths {
  size_t first, second;
};

/// "longest_first" as the reference implementation does it: only the longer text gives way until
/// both are equal, then each gets half, the longer one the odd token.
TextLengths truncate_longest_first(TextLengths full, size_t limit);

/// Tokens [begin, begin + count) of a text.
struct TokenRange {
  size_t begin, count;
};

/// A text of `length` tokens as windows of `size` (> overlap), each sharing `overlap` tokens with
/// the one before; the last is the first that reaches the end. At least one, perhaps empty.
std::vector<TokenRange> overlapping_windows(size_t length, size_t size, size_t overlap);

}  // namespace glassformer
