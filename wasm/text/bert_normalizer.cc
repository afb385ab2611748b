#include "text/bert_normalizer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "text/fields.h"
#include "text/unicode.h"
#include "text/unicode_normalizer.h"

namespace glassformer {

namespace {

/// Tab and line ends count as white space though they are control characters; other white space
/// that is one goes.
bool is_unwanted(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return false;
  return c == kReplacementCharacter || (unicode_flags(c) & kControl);
}

void clean(AlignedText& text) {
  remove_points(text, is_unwanted);
  for (CodePoint& point : text) {
    if (is_white_space(point.value)) point.value = ' ';
  }
}

/// What BERT takes for Chinese: the unified ideographs up to extension E (without 2B820 to 2B91F,
/// an old slip that all implementations share) and the compatibility ideographs.
bool is_chinese(char32_t c) {
  constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xF900, 0xFAFF},   {0x20000, 0x2A6DF},
      {0x2A700, 0x2B73F}, {0x2B740, 0x2B81F}, {0x2B920, 0x2CEAF}, {0x2F800, 0x2FA1F},
  };
  return std::any_of(std::begin(kRanges), std::end(kRanges),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

void set_chinese_apart(AlignedText& text) {
  AlignedText spaced;
  spaced.reserve(text.size());
  for (const CodePoint& point : text) {
    const CodePoint blank{' ', point.utf16_start, point.utf16_end};
    const bool apart = is_chinese(point.value);
    if (apart) spaced.push_back(blank);
    spaced.push_back(point);
    if (apart) spaced.push_back(blank);
  }
  text = std::move(spaced);
}

}  // namespace

void BertNormalizer::normalize(AlignedText& text) const {
  if (options_.clean_text) clean(text);
  if (options_.handle_chinese_chars) set_chinese_apart(text);
  if (options_.strip_accents) {
    decompose_text(text);
    remove_points(text, [](char32_t c) { return unicode_flags(c) & kNonspacingMark; });
  }
  if (options_.lowercase) lowercase_text(text);
}

Result<std::unique_ptr<Normalizer>> read_bert_normalizer(const JsonValue& value) {
  BertNormalizerOptions options;
  GF_ASSIGN(options.clean_text, read_flag(value, "clean_text"));
  GF_ASSIGN(options.handle_chinese_chars, read_flag(value, "handle_chinese_chars"));
  GF_ASSIGN(options.lowercase, read_flag(value, "lowercase"));
  GF_ASSIGN(options.strip_accents, read_flag_or(value, "strip_accents", options.lowercase));
  return std::unique_ptr<Normalizer>(std::make_unique<BertNormalizer>(options));
}

}  // namespace glassformer
