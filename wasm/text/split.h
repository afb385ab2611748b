// Cutting a piece of text at delimiters, with what becomes of the delimiters: the pre-tokenisers
// "Split", "CharDelimiterSplit", "FixedLength", "Digits" and "Punctuation", and what others need of
// them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "text/aligned_text.h"
#include "text/pattern.h"
#include "text/pre_tokenizer.h"

namespace glassformer {

enum class DelimiterBehavior : uint8_t {
  kRemoved,             // no piece
  kIsolated,            // each a piece of its own
  kMergedWithPrevious,  // at the end of the piece before it
  kMergedWithNext,      // at the start of the piece behind it
  kContiguous,          // neighbouring delimiters are one piece
};

/// A stretch of a text: a delimiter or what is between two of them.
struct Section {
  uint32_t begin, end;
  bool is_delimiter;
};

/// A text of `size` characters cut at its delimiters; no section is empty.
std::vector<Section> cut_at(std::span<const Pattern::Match> delimiters, uint32_t size);

/// What pieces the sections make; delimiters that are removed are in none.
std::vector<Section> merge_delimiters(const std::vector<Section>& sections,
                                      DelimiterBehavior behavior);

/// Replaces every piece that is no added token by what `rewrite` appends for it:
/// `rewrite(characters of the piece, out)`.
template <class Rewrite>
void rewrite_pieces(PreTokenizedText& text, Rewrite rewrite) {
  PreTokenizedText out;
  out.chars.reserve(text.chars.size());
  for (const Piece& piece : text.pieces) {
    const auto chars =
        std::span<const CodePoint>(text.chars).subspan(piece.begin, piece.end - piece.begin);
    if (piece.added_token != Piece::kNoToken) {
      const auto start = static_cast<uint32_t>(out.chars.size());
      out.chars.insert(out.chars.end(), chars.begin(), chars.end());
      out.pieces.push_back({start, static_cast<uint32_t>(out.chars.size()), piece.added_token});
    } else {
      rewrite(chars, out);
    }
  }
  text = std::move(out);
}

/// Appends the characters as one piece, if there are any.
void append_piece(std::span<const CodePoint> chars, PreTokenizedText& out);

Result<std::unique_ptr<PreTokenizer>> read_split(const JsonValue& value);
Result<std::unique_ptr<PreTokenizer>> read_char_delimiter_split(const JsonValue& value);
Result<std::unique_ptr<PreTokenizer>> read_fixed_length(const JsonValue& value);
Result<std::unique_ptr<PreTokenizer>> read_digits(const JsonValue& value);
Result<std::unique_ptr<PreTokenizer>> read_punctuation(const JsonValue& value);

}  // namespace glassformer
