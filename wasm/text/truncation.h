// How many tokens of each text stay when both together must not be more than a limit.
#pragma once

#include <cstddef>

namespace glassformer {

struct TextLengths {
  size_t first, second;
};

/// "longest_first" as the reference implementation does it: only the longer text gives way until
/// both are equal, then each gets half, the longer one the odd token.
TextLengths truncate_longest_first(TextLengths full, size_t limit);

}  // namespace glassformer
