#include "text/normalizer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/byte_level.h"
#include "text/fields.h"
#include "text/pattern.h"
#include "text/precompiled.h"
#include "text/registry.h"
#include "text/unicode.h"
#include "text/unicode_normalizer.h"

namespace glassformer {

namespace {

class Lowercaser : public Normalizer {
 public:
  void normalize(AlignedText& text) const override { lowercase_text(text); }
};

template <DecompositionKind kind>
class Decomposer : public Normalizer {
 public:
  void normalize(AlignedText& text) const override { decompose_text(text, kind); }
};

template <DecompositionKind kind>
class ComposingNormalizer : public Normalizer {
 public:
  void normalize(AlignedText& text) const override { compose_text(text, kind); }
};

class AccentStripper : public Normalizer {
 public:
  void normalize(AlignedText& text) const override {
    remove_points(text, [](char32_t c) { return unicode_flags(c) & kMark; });
  }
};

class NormalizerSequence : public Normalizer {
 public:
  explicit NormalizerSequence(std::vector<std::unique_ptr<Normalizer>> steps)
      : steps_(std::move(steps)) {}
  void normalize(AlignedText& text) const override {
    for (const auto& step : steps_) step->normalize(text);
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> steps_;
};

/// The clean-up of neural machine translation, as SentencePiece's own rules begin.
class NmtNormalizer : public Normalizer {
 public:
  void normalize(AlignedText& text) const override {
    remove_points(text, is_dropped);
    for (CodePoint& point : text) {
      if (is_blank(point.value)) point.value = ' ';
    }
  }

 private:
  static bool is_dropped(char32_t c) {
    return (c >= 0x01 && c <= 0x08) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F ||
           c == 0x8F || c == 0x9F;
  }
  static bool is_blank(char32_t c) {
    constexpr char32_t kBlanks[] = {'\t',   '\n',   '\f',   '\r',   0x1680,
                                    0x2028, 0x2029, 0x2581, 0xFEFF, kReplacementCharacter};
    const bool zero_width = c >= 0x200B && c <= 0x200F;
    return zero_width || std::find(std::begin(kBlanks), std::end(kBlanks), c) != std::end(kBlanks);
  }
};

struct StripSides {
  bool left = true, right = true;
};

class Stripper : public Normalizer {
 public:
  explicit Stripper(const StripSides& sides) : sides_(sides) {}
  void normalize(AlignedText& text) const override {
    const auto is_text = [](const CodePoint& point) { return !is_white_space(point.value); };
    if (sides_.right) {
      text.erase(std::find_if(text.rbegin(), text.rend(), is_text).base(), text.end());
    }
    if (sides_.left) text.erase(text.begin(), std::find_if(text.begin(), text.end(), is_text));
  }

 private:
  StripSides sides_;
};

/// In front of text that is there; takes the place of its first character.
class Prepender : public Normalizer {
 public:
  explicit Prepender(std::u32string prefix) : prefix_(std::move(prefix)) {}
  void normalize(AlignedText& text) const override {
    if (text.empty()) return;
    AlignedText prefix;
    for (const char32_t c : prefix_) {
      prefix.push_back({c, text[0].utf16_start, text[0].utf16_end});
    }
    text.insert(text.begin(), prefix.begin(), prefix.end());
  }

 private:
  std::u32string prefix_;
};

/// What replaces a match takes the place of its last character.
class Replacer : public Normalizer {
 public:
  Replacer(Pattern pattern, std::u32string content)
      : pattern_(std::move(pattern)), content_(std::move(content)) {}
  void normalize(AlignedText& text) const override {
    AlignedText out;
    size_t last = 0;
    for (const Pattern::Match& match : pattern_.find_all(text)) {
      out.insert(out.end(), text.begin() + static_cast<ptrdiff_t>(last),
                 text.begin() + match.begin);
      const CodePoint& place = text[match.end - 1];
      for (const char32_t c : content_) out.push_back({c, place.utf16_start, place.utf16_end});
      last = match.end;
    }
    out.insert(out.end(), text.begin() + static_cast<ptrdiff_t>(last), text.end());
    text = std::move(out);
  }

 private:
  Pattern pattern_;
  std::u32string content_;
};

using NormalizerResult = Result<std::unique_ptr<Normalizer>>;

template <class Kind>
NormalizerResult make_normalizer(const JsonValue&) {
  return std::unique_ptr<Normalizer>(std::make_unique<Kind>());
}

NormalizerResult read_sequence(const JsonValue& value) {
  GF_ASSIGN(auto steps, read_parts(value, "normalizers", read_normalizer));
  return make_normalizer_sequence(std::move(steps));
}

template <class Kind, class... Arguments>
NormalizerResult make(Arguments&&... arguments) {
  return std::unique_ptr<Normalizer>(std::make_unique<Kind>(std::forward<Arguments>(arguments)...));
}

NormalizerResult read_strip(const JsonValue& value) {
  StripSides sides;
  GF_ASSIGN(sides.left, read_flag(value, "strip_left"));
  GF_ASSIGN(sides.right, read_flag(value, "strip_right"));
  return make<Stripper>(sides);
}

NormalizerResult read_prepend(const JsonValue& value) {
  GF_ASSIGN(const std::string prefix, read_string(value, "prepend"));
  return make<Prepender>(to_utf32(prefix));
}

NormalizerResult read_replace(const JsonValue& value) {
  GF_ASSIGN(Pattern pattern, read_pattern(value));
  GF_ASSIGN(const std::string content, read_string(value, "content"));
  return make<Replacer>(std::move(pattern), to_utf32(content));
}

constexpr PartReader<std::unique_ptr<Normalizer>> kNormalizers[] = {
    {"BertNormalizer", read_bert_normalizer},
    {"ByteLevel", make_normalizer<ByteLevelNormalizer>},
    {"Lowercase", make_normalizer<Lowercaser>},
    {"NFC", make_normalizer<ComposingNormalizer<DecompositionKind::kCanonical>>},
    {"NFD", make_normalizer<Decomposer<DecompositionKind::kCanonical>>},
    {"NFKC", make_normalizer<ComposingNormalizer<DecompositionKind::kCompatible>>},
    {"NFKD", make_normalizer<Decomposer<DecompositionKind::kCompatible>>},
    {"Nmt", make_normalizer<NmtNormalizer>},
    {"Precompiled", read_precompiled},
    {"Prepend", read_prepend},
    {"Replace", read_replace},
    {"Sequence", read_sequence},
    {"Strip", read_strip},
    {"StripAccents", make_normalizer<AccentStripper>},
};

}  // namespace

std::unique_ptr<Normalizer> make_normalizer_sequence(
    std::vector<std::unique_ptr<Normalizer>> steps) {
  return std::make_unique<NormalizerSequence>(std::move(steps));
}

NormalizerResult read_normalizer(const JsonValue& value) {
  return read_part<std::unique_ptr<Normalizer>>(value, "normalizer", kNormalizers);
}

void lowercase_text(AlignedText& text) {
  AlignedText lowered;
  lowered.reserve(text.size());
  for (const CodePoint& original : text) {
    const Lowercase lower = to_lowercase(original.value);
    lowered.push_back({lower.first, original.utf16_start, original.utf16_end});
    if (lower.second != 0)
      lowered.push_back({lower.second, original.utf16_start, original.utf16_end});
  }
  text = std::move(lowered);
}

}  // namespace glassformer
