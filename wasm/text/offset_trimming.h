// Byte-level tokens carry the blank before a word; their offsets may leave it out.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/aligned_text.h"
#include "text/encoding.h"
#include "text/post_processor.h"

namespace glassformer {

class OffsetTrimmer {
 public:
  OffsetTrimmer(const OffsetTrimming& options, std::string_view text)
      : options_(options), text_(decode_text(text)) {}

  /// The offsets of the token at `index` among those of the text, without its blanks.
  Offset trim(std::string_view token, Offset offset, size_t index) const;

 private:
  size_t position_at(uint32_t utf16) const;
  uint32_t utf16_at(size_t position) const;

  OffsetTrimming options_;
  AlignedText text_;  // the reference counts its characters, not UTF-16
};

}  // namespace glassformer
