#include "text/metaspace.h"

#include <string>
#include <utility>
#include <vector>

#include "text/fields.h"
#include "text/split.h"

namespace glassformer {

namespace {

class Metaspace : public PreTokenizer {
 public:
  explicit Metaspace(const MetaspaceOptions& options) : options_(options) {}

  void pre_tokenize(PreTokenizedText& text) const override {
    rewrite_pieces(text, [this](std::span<const CodePoint> chars, PreTokenizedText& out) {
      AlignedText shown = show_blanks(chars);
      if (options_.split) {
        append_words(shown, out);
      } else {
        append_piece(shown, out);
      }
    });
  }

 private:
  AlignedText show_blanks(std::span<const CodePoint> chars) const {
    const CodePoint& first = chars.front();
    const bool has_blank = first.value == U' ' || first.value == options_.replacement;
    const bool prepends =
        !has_blank && (options_.prepend == PrependScheme::kAlways ||
                       (options_.prepend == PrependScheme::kFirst && first.utf16_start == 0));
    AlignedText shown;
    if (prepends) shown.push_back({options_.replacement, first.utf16_start, first.utf16_end});
    shown.insert(shown.end(), chars.begin(), chars.end());
    for (CodePoint& point : shown) {
      if (point.value == U' ') point.value = options_.replacement;
    }
    return shown;
  }

  void append_words(const AlignedText& shown, PreTokenizedText& out) const {
    std::vector<Pattern::Match> blanks;
    const auto size = static_cast<uint32_t>(shown.size());
    for (uint32_t i = 0; i < size; ++i) {
      if (shown[i].value == options_.replacement) blanks.push_back({i, i + 1});
    }
    const auto words = merge_delimiters(cut_at(blanks, size), DelimiterBehavior::kMergedWithNext);
    for (const Section& word : words) {
      append_piece(std::span(shown).subspan(word.begin, word.end - word.begin), out);
    }
  }

  MetaspaceOptions options_;
};

Result<PrependScheme> read_prepend_scheme(const JsonValue& value) {
  constexpr std::pair<std::string_view, PrependScheme> kSchemes[] = {
      {"always", PrependScheme::kAlways},
      {"first", PrependScheme::kFirst},
      {"never", PrependScheme::kNever},
  };
  GF_ASSIGN(const std::string name, read_string_or(value, "prepend_scheme", "always"));
  for (const auto& [known, scheme] : kSchemes) {
    if (known == name) return scheme;
  }
  return fail(ErrorCode::kUnsupported, value.document(), ": prepend_scheme '", name,
              "' is not supported");
}

}  // namespace

std::unique_ptr<PreTokenizer> make_metaspace(const MetaspaceOptions& options) {
  return std::make_unique<Metaspace>(options);
}

Result<MetaspaceOptions> read_metaspace_options(const JsonValue& value) {
  MetaspaceOptions options;
  GF_ASSIGN(const std::string replacement, read_string(value, "replacement"));
  const std::u32string points = to_utf32(replacement);
  if (points.size() != 1) {
    return fail(ErrorCode::kInvalidFormat, value.document(),
                ": 'replacement': expected one character, got '", replacement, "'");
  }
  options.replacement = points[0];
  GF_ASSIGN(options.prepend, read_prepend_scheme(value));
  GF_ASSIGN(const bool prefix_space, read_flag_or(value, "add_prefix_space", true));
  if (!prefix_space) options.prepend = PrependScheme::kNever;
  GF_ASSIGN(options.split, read_flag_or(value, "split", true));
  return options;
}

Result<std::unique_ptr<PreTokenizer>> read_metaspace(const JsonValue& value) {
  GF_ASSIGN(const MetaspaceOptions options, read_metaspace_options(value));
  return make_metaspace(options);
}

}  // namespace glassformer
