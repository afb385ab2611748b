#include "core/utf.h"

#include <gtest/gtest.h>

namespace glassformer {
namespace {

TEST(Utf, CountsUtf16Units) {
  const auto points = decode_text("a\u00e9\u4f60\U0001F600b");
  ASSERT_EQ(points.size(), 5U);
  EXPECT_EQ(points[3].value, U'\U0001F600');
  EXPECT_EQ(points[3].utf16_start, 3U);
  EXPECT_EQ(points[3].utf16_end, 5U);
  EXPECT_EQ(points[4].utf16_start, 5U);
}

TEST(Utf, ReplacesEachMaximalIllFormedPart) {
  // The examples of the Unicode Standard, section 3.9 (tables 3-8 to 3-11).
  EXPECT_EQ(to_utf32("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(to_utf32("\xED\xA0\x80\x41"), U"\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(to_utf32("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\x41\uFFFD\uFFFD\x42");
  EXPECT_EQ(to_utf32("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), U"\uFFFD\uFFFD\uFFFD\uFFFD\x41");
  EXPECT_EQ(to_utf32("\xE4\xBD"), U"\uFFFD");
}

TEST(Utf, SlicesByUtf16Units) {
  const std::string text = "a\u00e9\U0001F600\xFFz";
  EXPECT_EQ(slice_utf16(text, 0, 6), "a\u00e9\U0001F600\uFFFDz");
  EXPECT_EQ(slice_utf16(text, 1, 2), "\u00e9");
  EXPECT_EQ(slice_utf16(text, 2, 4), "\U0001F600");
  EXPECT_EQ(slice_utf16(text, 4, 5), "\uFFFD");
  EXPECT_EQ(slice_utf16(text, 3, 3), "");
  EXPECT_EQ(slice_utf16(text, 5, 99), "z");
}

TEST(Utf, EncodesWhatItDecodes) {
  const std::string text = "z\u00df\u6c34\U0001F34C";
  EXPECT_EQ(to_utf8(to_utf32(text)), text);
}

TEST(Utf, NeverWritesSurrogatesOrBeyondUnicode) {
  std::string out;
  append_utf8(out, 0xD800);
  append_utf8(out, 0x110000);
  EXPECT_EQ(out, "\uFFFD\uFFFD");
}

}  // namespace
}  // namespace glassformer
