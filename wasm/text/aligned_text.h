// Text on its way to tokens. Normalisation inserts, removes, splits and merges characters, yet
// every token has to say where in the original it lies: so each code point carries the range of the
// original (UTF-16 code units) that it stands for.
#pragma once

#include <cstdint>
#include <vector>

#include "core/utf.h"

namespace glassformer {

using AlignedText = std::vector<CodePoint>;

/// A stretch [begin, end) of the text that is tokenised by itself, or that is an added token
/// already.
struct Piece {
  static constexpr int32_t kNoToken = -1;

  uint32_t begin = 0, end = 0;
  int32_t added_token = kNoToken;
};

/// Normalised text cut into pieces, in order; what no piece covers (white space, for most) belongs
/// to no token.
struct PreTokenizedText {
  AlignedText chars;
  std::vector<Piece> pieces;
};

}  // namespace glassformer
