#include "text/vocabulary.h"

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;

Vocabulary make(std::vector<Vocabulary::Entry> entries) {
  return Vocabulary::create(std::move(entries), "test").value();
}

/// The longest match as text, "" for none.
std::string longest(const Vocabulary& vocabulary, std::string_view text, std::string_view prefix) {
  const auto match = vocabulary.longest_match(decode_text(text), vocabulary.prefix(prefix));
  return match ? std::string(vocabulary.token(match->id)) : "";
}

TEST(Vocabulary, FindsTokensAndIds) {
  const Vocabulary vocabulary = make({{"b", 0}, {"", 4}, {"ab", 1}, {"a", 2}, {"\u4f60", 6}});
  EXPECT_EQ(vocabulary.size(), 5u);
  EXPECT_EQ(vocabulary.id_limit(), 7u);
  EXPECT_EQ(vocabulary.find("ab"), 1);
  EXPECT_EQ(vocabulary.find(""), 4);
  EXPECT_EQ(vocabulary.find("\u4f60"), 6);
  EXPECT_EQ(vocabulary.find("abc"), std::nullopt);
  EXPECT_EQ(vocabulary.find("c"), std::nullopt);
  EXPECT_EQ(vocabulary.token(2), "a");
  EXPECT_EQ(vocabulary.token(3), "") << "a hole";
  EXPECT_EQ(vocabulary.token(-1), "");
  EXPECT_EQ(vocabulary.token(7), "");
}

TEST(Vocabulary, EmptyOneHasNothing) {
  const Vocabulary vocabulary = make({});
  EXPECT_EQ(vocabulary.find(""), std::nullopt);
  EXPECT_EQ(vocabulary.find("a"), std::nullopt);
  EXPECT_EQ(longest(vocabulary, "abc", ""), "");
  EXPECT_EQ(Vocabulary().find("a"), std::nullopt);
}

TEST(Vocabulary, MatchesTheLongestToken) {
  const Vocabulary vocabulary =
      make({{"", 0}, {"a", 1}, {"ab", 2}, {"abcd", 3}, {"##", 4}, {"##b", 5}, {"\u4f60\u597d", 6}});
  EXPECT_EQ(longest(vocabulary, "abc", ""), "ab");
  EXPECT_EQ(longest(vocabulary, "abcd", ""), "abcd");
  EXPECT_EQ(longest(vocabulary, "b", ""), "");
  EXPECT_EQ(longest(vocabulary, "bb", "##"), "##b");
  EXPECT_EQ(longest(vocabulary, "a", "##"), "") << "the prefix alone is no match";
  EXPECT_EQ(longest(vocabulary, "\u4f60\u597d\u5417", ""), "\u4f60\u597d");
  EXPECT_EQ(longest(vocabulary, "\u4f60", ""), "");
  EXPECT_EQ(longest(vocabulary, "", ""), "");
}

TEST(Vocabulary, RefusesDamage) {
  using Entries = std::vector<Vocabulary::Entry>;
  const auto create = [](Entries entries) {
    return Vocabulary::create(std::move(entries), "f.json");
  };
  constexpr auto kBad = ErrorCode::kInvalidFormat;
  EXPECT_TRUE(fails_with(create({{"a", 0}, {"b", 0}}), kBad, "id 0 is both 'a' and 'b'"));
  EXPECT_TRUE(fails_with(create({{"a", 0}, {"a", 1}}), kBad, "token 'a' comes twice"));
  EXPECT_TRUE(fails_with(create({{"a", -1}}), kBad, "f.json: vocabulary: token 'a'"));
  EXPECT_TRUE(fails_with(create({{"a", int64_t{1} << 40}}), kBad, "expected an id from 0 to"));
  EXPECT_TRUE(fails_with(create({{std::string(5000, 'a'), 0}}), kBad, "got 5000"));
}

}  // namespace
}  // namespace glassformer
