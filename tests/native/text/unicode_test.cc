#include "text/unicode.h"

#include <functional>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "core/utf.h"
#include "text/bert_normalizer.h"
#include "text/golden_file.h"
#include "text/graphemes.h"
#include "text/unicode_normalizer.h"

namespace glassformer {
namespace {

constexpr char32_t kEnd = 0x110000;

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

/// Every code point of a golden's set, which is kept as gaps and lengths by turns.
std::u32string read_set(const JsonValue& ranges) {
  std::u32string points;
  const std::vector<int64_t> numbers = testing::integers(ranges);
  char32_t position = 0;
  for (size_t i = 0; i < numbers.size(); i += 2) {
    position += static_cast<char32_t>(numbers[i]);
    for (int64_t n = 0; n < numbers[i + 1]; ++n) points += position++;
  }
  return points;
}

std::u32string points_where(const std::function<bool(char32_t)>& predicate) {
  std::u32string points;
  for (char32_t c = 0; c < kEnd; ++c) {
    if (!is_surrogate(c) && predicate(c)) points += c;
  }
  return points;
}

std::string hex(char32_t c) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return text;
}

/// Says the first code point that is in one set only.
void expect_same(const std::u32string& ours, const std::u32string& reference) {
  const auto [a, b] = std::mismatch(ours.begin(), ours.end(), reference.begin(), reference.end());
  if (a == ours.end() && b == reference.end()) return;
  const bool missing = a == ours.end() || (b != reference.end() && *b < *a);
  ADD_FAILURE() << hex(missing ? *b : *a) << (missing ? " is missing" : " is too many");
}

std::u32string normalized(const Normalizer& normalizer, std::u32string_view text) {
  AlignedText points = decode_text(to_utf8(text));
  normalizer.normalize(points);
  std::u32string out;
  for (const CodePoint& point : points) out += point.value;
  return out;
}

std::u32string lowercased(char32_t c) {
  const Lowercase lower = to_lowercase(c);
  return lower.second == 0 ? std::u32string{lower.first}
                           : std::u32string{lower.first, lower.second};
}

std::u32string decomposed(char32_t c) {
  const Decomposition full = decompose(c);
  return {full.points, full.points + full.size};
}

class CodePoints : public ::testing::Test {
 protected:
  void expect_set(const char* name, const std::function<bool(char32_t)>& predicate) const {
    SCOPED_TRACE(name);
    const std::u32string reference = read_set(golden_.root().at(name).value());
    EXPECT_FALSE(reference.empty());
    expect_same(points_where(predicate), reference);
  }

  /// The golden's mapping of those code points that are not mapped to themselves.
  std::map<char32_t, std::u32string> read_map(const char* name) const {
    std::map<char32_t, std::u32string> map;
    const JsonValue list = golden_.root().at(name).value();
    for (size_t i = 0; i < list.size(); ++i) {
      const auto c = static_cast<char32_t>(list[i][0].integer(name).value());
      map[c] = to_utf32(list[i][1].string(name).value());
    }
    return map;
  }

  JsonDocument golden_ = testing::read_tokenizer_golden("code_points.json");
};

TEST_F(CodePoints, PropertiesAreTheReferences) {
  expect_set("white_space", is_white_space);
  expect_set("punctuation", is_punctuation);
  expect_set("word", is_word);
  expect_set("marks", [](char32_t c) { return unicode_flags(c) & kMark; });
  expect_set("letters", [](char32_t c) { return unicode_flags(c) & kLetter; });
  expect_set("numbers", [](char32_t c) { return unicode_flags(c) & kNumber; });
  expect_set("numeric", [](char32_t c) { return unicode_flags(c) & kNumeric; });
}

TEST_F(CodePoints, GraphemesAreTheReferences) {
  expect_set("joined_to_a", [](char32_t c) {
    const CodePoint text[] = {{'a', 0, 1}, {c, 1, 2}};
    return grapheme_length(text) == 2;
  });
}

TEST_F(CodePoints, BertNormalizesEachAsTheReference) {
  const BertNormalizer clean({true, false, false, false});
  const BertNormalizer apart({false, true, false, false});
  const BertNormalizer accents({false, false, true, false});
  expect_set("cleaned_away", [&](char32_t c) { return normalized(clean, {&c, 1}).empty(); });
  expect_set("chinese", [&](char32_t c) { return normalized(apart, {&c, 1}).size() == 3; });
  expect_set("stripped_accents", [&](char32_t c) { return normalized(accents, {&c, 1}).empty(); });
}

TEST_F(CodePoints, LowercaseIsTheReferences) {
  const auto reference = read_map("lowercase");
  EXPECT_GT(reference.size(), 1000u);
  for (char32_t c = 0; c < kEnd; ++c) {
    const auto expected = reference.find(c);
    ASSERT_EQ(lowercased(c), expected == reference.end() ? std::u32string{c} : expected->second)
        << hex(c);
  }
}

TEST_F(CodePoints, DecompositionIsTheReferences) {
  const auto reference = read_map("nfd");
  EXPECT_GT(reference.size(), 2000u);
  for (char32_t c = 0; c < kEnd; ++c) {
    const bool is_hangul = c >= 0xAC00 && c <= 0xD7A3;
    if (is_hangul && !reference.contains(c)) continue;  // the golden has a sample of them
    const auto expected = reference.find(c);
    ASSERT_EQ(decomposed(c), expected == reference.end() ? std::u32string{c} : expected->second)
        << hex(c);
  }
}

TEST_F(CodePoints, NormalFormsAreTheReferences) {
  using Form = void (*)(AlignedText&, DecompositionKind);
  constexpr auto kCanonical = DecompositionKind::kCanonical;
  constexpr auto kCompatible = DecompositionKind::kCompatible;
  const auto expect_digests = [this](const char* name, Form form, DecompositionKind kind) {
    constexpr char32_t kBlock = 0x1000;
    const std::vector<std::string> digests = testing::strings(golden_.root().at(name).value());
    ASSERT_EQ(digests.size(), kEnd / kBlock);
    for (char32_t first = 0; first < kEnd; first += kBlock) {
      std::string all;
      for (char32_t c = first; c < first + kBlock; ++c) {
        AlignedText text{{c, 0, 1}};
        form(text, kind);
        for (const CodePoint& point : text) {
          if (!is_surrogate(c)) append_utf8(all, point.value);
        }
      }
      EXPECT_EQ(testing::digest(all), digests[first / kBlock]) << name << " from " << hex(first);
    }
  };
  expect_digests("nfc_digests", compose_text, kCanonical);
  expect_digests("nfkc_digests", compose_text, kCompatible);
  expect_digests("nfkd_digests", decompose_text, kCompatible);
}

TEST(Unicode, KnowsHangul) {
  EXPECT_EQ(decomposed(0xAC00), U"\u1100\u1161");
  EXPECT_EQ(decomposed(0xD55C), U"\u1112\u1161\u11AB");
  EXPECT_EQ(decomposed(0xD7A3), U"\u1112\u1175\u11C2");
  EXPECT_EQ(compose(0x1112, 0x1161), 0xD558u);
  EXPECT_EQ(compose(0xD558, 0x11AB), 0xD55Cu);
  EXPECT_EQ(compose(0xD55C, 0x11AB), 0u) << "a closed syllable takes no more";
  EXPECT_EQ(compose(0xD558, 0x11A7), 0u) << "no trailing consonant";
}

TEST(Unicode, HasAnEnd) {
  for (const char32_t c : {char32_t{0x10FFFF}, char32_t{0x110000}}) {
    EXPECT_EQ(lowercased(c), std::u32string{c});
    EXPECT_EQ(decomposed(c), std::u32string{c});
    EXPECT_EQ(combining_class(c), 0);
  }
}

}  // namespace
}  // namespace glassformer
