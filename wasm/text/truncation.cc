#include "text/truncation.h"

#include <algorithm>

namespace glassformer {

TextLengths truncate_longest_first(TextLengths full, size_t limit) {
  if (full.first + full.second <= limit) return full;
  const bool first_is_longer = full.first > full.second;
  size_t shorter = std::min(full.first, full.second);
  size_t longer = limit - std::min(shorter, limit);
  if (shorter > longer) {
    shorter = limit / 2;
    longer = limit - shorter;
  }
  return first_is_longer ? TextLengths{longer, shorter} : TextLengths{shorter, longer};
}

}  // namespace glassformer
