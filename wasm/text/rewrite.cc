#include "text/rewrite.h"

#include <algorithm>

namespace glassformer {

AlignedText rewrite(std::span<const CodePoint> text, std::span<const RewrittenPoint> points,
                    size_t skipped) {
  AlignedText out;
  if (text.empty()) return out;
  out.reserve(points.size());
  size_t next = skipped;
  for (const RewrittenPoint& point : points) {
    const bool inserted = point.change > 0;
    if (inserted && next == 0) {
      // Inserted before everything: a place of no width.
      out.push_back({point.value, text[0].utf16_start, text[0].utf16_start});
      continue;
    }
    const CodePoint& place = text[std::min(inserted ? next - 1 : next, text.size() - 1)];
    out.push_back({point.value, place.utf16_start, place.utf16_end});
    if (!inserted) next += 1 + static_cast<size_t>(-point.change);
  }
  return out;
}

}  // namespace glassformer
