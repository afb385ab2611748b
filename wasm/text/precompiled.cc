#include "text/precompiled.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "text/fields.h"
#include "text/graphemes.h"
#include "text/rewrite.h"

namespace glassformer {

namespace {

using Characters = std::span<const CodePoint>;
using Points = std::vector<RewrittenPoint>;

std::string encode(Characters chars) {
  std::string text;
  for (const CodePoint& point : chars) append_utf8(text, point.value);
  return text;
}

/// New characters take the places of the old ones; the last of them are inserted where there are
/// more, and swallow what is left where there are fewer.
void append_replacement(size_t old_size, std::string_view replacement, Points& points) {
  const std::u32string fresh = to_utf32(replacement);
  for (size_t i = 0; i < fresh.size(); ++i) points.push_back({fresh[i], i < old_size ? 0 : 1});
  if (fresh.size() < old_size && !points.empty()) {
    points.back().change -= static_cast<int32_t>(old_size - fresh.size());
  }
}

class Precompiled : public Normalizer {
 public:
  explicit Precompiled(Charsmap charsmap) : charsmap_(std::move(charsmap)) {}

  void normalize(AlignedText& text) const override {
    Points points;
    points.reserve(text.size());
    bool modified = false;
    for (Characters rest(text); !rest.empty();) {
      const Characters grapheme = rest.first(grapheme_length(rest));
      rest = rest.subspan(grapheme.size());
      modified |= append_grapheme(grapheme, points);
    }
    if (modified) text = rewrite(text, points);
  }

 private:
  /// A short grapheme is looked up as a whole: whatever rule it begins with replaces all of it.
  /// Odd, but that is how the reference does it, and vocabularies are used with it.
  bool append_grapheme(Characters grapheme, Points& points) const {
    constexpr size_t kLongGrapheme = 6;  // bytes
    const std::string text = encode(grapheme);
    if (text.size() < kLongGrapheme && apply_rule(grapheme, points)) return true;
    bool modified = false;
    for (size_t i = 0; i < grapheme.size(); ++i) {
      if (apply_rule(grapheme.subspan(i, 1), points)) {
        modified = true;
      } else {
        points.push_back({grapheme[i].value, 0});
      }
    }
    return modified;
  }

  bool apply_rule(Characters chars, Points& points) const {
    const auto rule = charsmap_.shortest_rule(encode(chars));
    if (rule) append_replacement(chars.size(), rule->replacement, points);
    return rule.has_value();
  }

  Charsmap charsmap_;
};

/// Nothing for a text that is not base64 (RFC 4648).
std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xFF);
  }
  return bytes;
}

}  // namespace

std::unique_ptr<Normalizer> make_precompiled(Charsmap charsmap) {
  return std::make_unique<Precompiled>(std::move(charsmap));
}

Result<std::unique_ptr<Normalizer>> read_precompiled(const JsonValue& value) {
  GF_ASSIGN(const std::string text, read_string_or(value, "precompiled_charsmap", ""));
  const auto bytes = decode_base64(text);
  if (!bytes) {
    return fail(ErrorCode::kInvalidFormat, value.document(),
                ": 'precompiled_charsmap': not base64");
  }
  GF_ASSIGN(Charsmap charsmap, Charsmap::parse(*bytes, value.document()));
  return make_precompiled(std::move(charsmap));
}

}  // namespace glassformer
