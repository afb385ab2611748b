// What a tokeniser makes of a text: the ids a model takes, and where every token came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace glassformer {

/// UTF-16 code units of the original text, half-open. Those of a second text count from its own
/// beginning.
struct Offset {
  uint32_t start, end;
  bool operator==(const Offset&) const = default;
};

/// One entry per token in every vector.
struct Encoding {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;    // which text, for models that are told so (segment A or B)
  std::vector<std::string> tokens;  // as in the vocabulary; an added token as it stands in the text
  std::vector<Offset> offsets;      // {0, 0} for the tokens that the post-processor added
  std::vector<uint8_t> special;     // 1 for those
  std::vector<int8_t> sequence_ids;  // 0 first text, 1 second, -1 neither: the special ones
  std::vector<int32_t> word_ids;  // which piece of its text (a word, a mark); -1 for special ones
  size_t truncated = 0;           // tokens that did not fit and were cut off

  size_t size() const { return ids.size(); }
};

/// One text beside parts of another.
struct WindowOptions {
  size_t max_length = 0;  // of each window, special tokens included
  size_t stride = 0;      // tokens of the second text that neighbours share
};

struct EncodeOptions {
  size_t max_length = 0;  // of the whole encoding, special tokens included; 0: no limit
  bool add_special_tokens = true;
};

}  // namespace glassformer
