#include "text/byte_level.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "text/byte_alphabet.h"
#include "text/fields.h"
#include "text/split.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

using Characters = std::span<const CodePoint>;

uint16_t word_flags(char32_t c) { return unicode_flags(c) & (kLetter | kNumber | kWhiteSpace); }

/// 's|'t|'re|'ve|'m|'ll|'d: its length, or 0.
size_t contraction_length(Characters text) {
  constexpr std::u32string_view kContractions[] = {U"'s", U"'t",  U"'re", U"'ve",
                                                   U"'m", U"'ll", U"'d"};
  if (text[0].value != U'\'') return 0;
  for (const std::u32string_view contraction : kContractions) {
    if (text.size() < contraction.size()) continue;
    size_t same = 1;
    while (same < contraction.size() && text[same].value == contraction[same]) ++same;
    if (same == contraction.size()) return same;
  }
  return 0;
}

/// Characters from `start` on that are of the same kind: letters, numbers, blanks or none of them.
size_t run_length(Characters text, size_t start) {
  const uint16_t kind = word_flags(text[start].value);
  size_t end = start;
  while (end < text.size() && word_flags(text[end].value) == kind) ++end;
  return end - start;
}

/// The next match of GPT-2's pattern,
/// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
size_t word_length(Characters text) {
  if (const size_t contraction = contraction_length(text)) return contraction;
  const bool leading_blank =
      text[0].value == U' ' && text.size() > 1 && !is_white_space(text[1].value);
  if (leading_blank) return 1 + run_length(text, 1);
  const size_t run = run_length(text, 0);
  if (!is_white_space(text[0].value)) return run;
  // White space leaves its last character to the word behind it.
  return run == text.size() || run == 1 ? run : run - 1;
}

/// All bytes of a character share its place.
void append_bytes(Characters text, AlignedText& out) {
  std::string bytes;
  for (const CodePoint& point : text) {
    bytes.clear();
    append_utf8(bytes, point.value);
    for (const char byte : bytes) {
      const char32_t character = character_of_byte(static_cast<uint8_t>(byte));
      out.push_back({character, point.utf16_start, point.utf16_end});
    }
  }
}

class ByteLevel : public PreTokenizer {
 public:
  explicit ByteLevel(const ByteLevelOptions& options) : options_(options) {}

  void pre_tokenize(PreTokenizedText& text) const override {
    rewrite_pieces(text, [this](Characters chars, PreTokenizedText& out) {
      if (!options_.add_prefix_space || chars[0].value == U' ') {
        append_words(chars, out);
        return;
      }
      AlignedText prefixed{{U' ', chars[0].utf16_start, chars[0].utf16_end}};
      prefixed.insert(prefixed.end(), chars.begin(), chars.end());
      append_words(prefixed, out);
    });
  }

 private:
  void append_words(Characters chars, PreTokenizedText& out) const {
    while (!chars.empty()) {
      const size_t length = options_.use_regex ? word_length(chars) : chars.size();
      const auto start = static_cast<uint32_t>(out.chars.size());
      append_bytes(chars.first(length), out.chars);
      out.pieces.push_back({start, static_cast<uint32_t>(out.chars.size())});
      chars = chars.subspan(length);
    }
  }

  ByteLevelOptions options_;
};

}  // namespace

void ByteLevelNormalizer::normalize(AlignedText& text) const {
  AlignedText out;
  append_bytes(text, out);
  text = std::move(out);
}

std::unique_ptr<PreTokenizer> make_byte_level(const ByteLevelOptions& options) {
  return std::make_unique<ByteLevel>(options);
}

Result<std::unique_ptr<PreTokenizer>> read_byte_level(const JsonValue& value) {
  ByteLevelOptions options;
  GF_ASSIGN(options.add_prefix_space, read_flag(value, "add_prefix_space"));
  GF_ASSIGN(options.use_regex, read_flag_or(value, "use_regex", true));
  return make_byte_level(options);
}

}  // namespace glassformer
