#include "core/request_options.h"

#include "support/matchers.h"

namespace glassformer {
namespace {

using testing::fails_with;

RequestOptions read(std::string_view json) { return RequestOptions::parse(json, "a-task").value(); }

TEST(RequestOptions, MissingAndNullHaveTheirFallbacks) {
  for (const std::string_view json : {"", "{}", R"({"a":null})"}) {
    RequestOptions options = read(json);
    EXPECT_EQ(options.count_or("a", 7).value(), 7U);
    EXPECT_EQ(options.number_or("a", 0.5).value(), 0.5);
    EXPECT_EQ(options.text_or("a", "x").value(), "x");
    EXPECT_TRUE(options.flag_or("a", true).value());
    EXPECT_TRUE(options.texts("a").value().empty());
    EXPECT_FALSE(options.find("a").has_value());
    EXPECT_TRUE(testing::succeeded(options.finish()));
  }
  EXPECT_EQ(read("{}").count_or_null("a", 3).value(), 3U);
  EXPECT_EQ(read(R"({"a":null})").count_or_null("a", 3).value(), std::nullopt);
  EXPECT_EQ(read(R"({"a":5})").count_or_null("a", 3).value(), 5U);
}

TEST(RequestOptions, GivesWhatWasGiven) {
  RequestOptions options =
      read(R"({"count":12,"number":0.1,"flag":false,"text":"\u4f60","texts":["a","b"]})");
  EXPECT_EQ(options.count_or("count", 0, {.min = 12, .max = 12}).value(), 12U);
  EXPECT_EQ(options.number_or("number", 0).value(), 0.1);
  EXPECT_EQ(options.number_or("count", 0).value(), 12.0);
  EXPECT_FALSE(options.flag_or("flag", true).value());
  EXPECT_EQ(options.text_or("text", "").value(), "你");
  EXPECT_EQ(options.texts("texts").value(), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.texts("text").value(), (std::vector<std::string>{"你"}));
  EXPECT_TRUE(testing::succeeded(options.finish()));
}

TEST(RequestOptions, SaysWhatItExpectedAndGot) {
  RequestOptions options =
      read(R"({"a":-1,"b":"no","c":[1],"d":1e99,"e":2.0,"f":18446744073709551615})");
  constexpr ErrorCode kCode = ErrorCode::kInvalidArgument;
  EXPECT_TRUE(fails_with(options.count_or("a", 0, {.min = 1}), kCode,
                         "a-task: a: expected a whole number of 1 or more, got -1"));
  EXPECT_TRUE(fails_with(options.count_or("a", 0, {.min = 1, .max = 3}), kCode, "from 1 to 3"));
  EXPECT_TRUE(fails_with(options.count_or("d", 0), kCode, "got 1e+99"));
  EXPECT_TRUE(fails_with(options.count_or("e", 0), kCode, "got 2.0"));
  EXPECT_TRUE(fails_with(options.count_or("f", 0), kCode, "got 18446744073709551615"));
  EXPECT_TRUE(fails_with(options.number_or("a", 0, {.min = 0}), kCode, "a number of 0.0 or more"));
  EXPECT_TRUE(fails_with(options.number_or("d", 0, {.max = 1}), kCode, "a number of 1.0 or less"));
  EXPECT_TRUE(
      fails_with(options.number_or("d", 0, {.min = 0, .max = 1}), kCode, "from 0.0 to 1.0"));
  EXPECT_TRUE(fails_with(options.number_or("b", 0), kCode, R"(expected a number, got "no")"));
  EXPECT_TRUE(fails_with(options.flag_or("b", false), kCode, "true or false"));
  EXPECT_TRUE(fails_with(options.text_or("a", ""), kCode, "a string"));
  EXPECT_TRUE(fails_with(options.texts("c"), kCode, "array of strings, got [1]"));
  EXPECT_TRUE(fails_with(options.texts("a"), kCode, "array of strings"));
}

TEST(RequestOptions, RefusesWhatNobodyAskedFor) {
  RequestOptions options = read(R"({"known":1,"other":null})");
  ASSERT_TRUE(options.count_or("known", 0).ok());
  EXPECT_TRUE(fails_with(options.finish(), ErrorCode::kUnsupported,
                         R"(a-task: the option "other" is not supported; it knows known)"));
}

TEST(RequestOptions, RefusesWhatIsNoObject) {
  for (const std::string_view json : {"[]", "{", "null", "3", "{\"a\":1}}"}) {
    EXPECT_TRUE(fails_with(RequestOptions::parse(json, "a-task"), ErrorCode::kInvalidArgument,
                           "a-task: its options: expected a JSON object"));
  }
}

}  // namespace
}  // namespace glassformer
