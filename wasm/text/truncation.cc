#include "text/truncation.h"

#include <algorithm>

#include "core/check.h"

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

std::vector<TokenRange> overlapping_windows(size_t length, size_t size, size_t overlap) {
  GF_CHECK(size > overlap);
  std::vector<TokenRange> windows;
  size_t begin = 0;
  while (begin + size < length) {
    windows.push_back({begin, size});
    begin += size - overlap;
  }
  windows.push_back({begin, length - begin});
  return windows;
}

}  // namespace glassformer
