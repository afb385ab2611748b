#include "text/spm_normalizer.h"

#include <span>
#include <utility>

#include "text/metaspace.h"

namespace glassformer {

Result<SpmNormalizer> SpmNormalizer::create(const SpmFile& file, std::string_view source) {
  SpmNormalizer normalizer;
  GF_ASSIGN(normalizer.charsmap_, Charsmap::parse(file.charsmap, source));
  std::vector<Vocabulary::Entry> entries;
  for (size_t id = 0; id < file.pieces.size(); ++id) {
    const SpmPiece& piece = file.pieces[id];
    if (piece.type != SpmPiece::Type::kUserDefined) continue;
    entries.push_back({piece.text, static_cast<int64_t>(id)});
  }
  GF_ASSIGN(normalizer.user_defined_, Vocabulary::create(std::move(entries), source));
  normalizer.add_dummy_prefix_ = file.add_dummy_prefix;
  normalizer.remove_extra_blanks_ = file.remove_extra_whitespaces;
  if (file.escape_whitespaces) normalizer.blank_ = kVisibleBlank;
  return normalizer;
}

std::vector<SpmNormalizer::Step> SpmNormalizer::apply_rules(const AlignedText& text) const {
  std::string bytes;
  std::vector<uint32_t> byte_of_point, point_of_byte;
  for (uint32_t i = 0; i < text.size(); ++i) {
    byte_of_point.push_back(static_cast<uint32_t>(bytes.size()));
    append_utf8(bytes, text[i].value);
    point_of_byte.resize(bytes.size(), i);
  }
  point_of_byte.push_back(static_cast<uint32_t>(text.size()));
  const Vocabulary::Prefix all = user_defined_.prefix("");
  std::vector<Step> steps;
  for (uint32_t i = 0; i < text.size(); i = steps.back().end) {
    const auto kept = user_defined_.longest_match(std::span(text).subspan(i), all);
    if (kept) {
      std::u32string same;
      for (uint32_t k = i; k < i + kept->length; ++k) same += text[k].value;
      steps.push_back({i, i + kept->length, std::move(same)});
      continue;
    }
    const auto rule = charsmap_.longest_rule(std::string_view(bytes).substr(byte_of_point[i]));
    if (rule) {
      // A rule of a damaged table may end within a character: then it takes all of it.
      uint32_t end = point_of_byte[byte_of_point[i] + rule->length - 1] + 1;
      steps.push_back({i, end, to_utf32(rule->replacement)});
    } else {
      steps.push_back({i, i + 1, {text[i].value}});
    }
  }
  return steps;
}

void SpmNormalizer::normalize(AlignedText& text) const {
  AlignedText out;
  bool after_blank = remove_extra_blanks_;
  bool is_blank_so_far = remove_extra_blanks_;
  for (const Step& step : apply_rules(text)) {
    if (is_blank_so_far && step.replacement == U" ") continue;
    const uint32_t start = text[step.begin].utf16_start, end = text[step.end - 1].utf16_end;
    if (out.empty() && add_dummy_prefix_ && (is_blank_so_far || step.begin == 0)) {
      out.push_back({blank_, start, start});
    }
    is_blank_so_far = false;
    std::u32string_view fresh = step.replacement;
    while (after_blank && fresh.starts_with(U' ')) fresh.remove_prefix(1);
    for (const char32_t c : fresh) out.push_back({c == U' ' ? blank_ : c, start, end});
    if (!fresh.empty()) after_blank = fresh.ends_with(U' ');
    if (!remove_extra_blanks_) after_blank = false;
  }
  while (remove_extra_blanks_ && !out.empty() && out.back().value == blank_) out.pop_back();
  text = std::move(out);
}

}  // namespace glassformer
