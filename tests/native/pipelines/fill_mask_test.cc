#include "pipelines/fill_mask.h"

#include "support/golden.h"
#include "support/pipeline_golden.h"

namespace glassformer {
namespace {

using testing::fails_with;
using testing::number_at;
using testing::parse;
using testing::text_at;

void expect_fillings(const JsonValue& expected, const JsonValue& got) {
  ASSERT_EQ(got.size(), expected.size());
  for (size_t i = 0; i < got.size(); ++i) {
    if (expected[i].is_array()) {
      expect_fillings(expected[i], got[i]);
      continue;
    }
    EXPECT_NEAR(number_at(got[i], "score"), number_at(expected[i], "score"), testing::kTolerance);
    EXPECT_EQ(number_at(got[i], "token"), number_at(expected[i], "token"));
    EXPECT_EQ(text_at(got[i], "token_str"), text_at(expected[i], "token_str"));
    EXPECT_EQ(text_at(got[i], "sequence"), text_at(expected[i], "sequence"));
  }
}

class FillMaskGolden : public ::testing::TestWithParam<const char*> {};

TEST_P(FillMaskGolden, FillsAsTheReference) {
  testing::PipelineGolden golden(GetParam(), "fill-mask");
  for (size_t i = 0; i < golden.size(); ++i) {
    SCOPED_TRACE(concat("case ", i));
    const auto run = golden.run(text_at(golden.at(i), "text"), std::nullopt,
                                golden.at(i).at("options").value().text());
    ASSERT_TRUE(testing::succeeded(run));
    const JsonDocument got = parse(run.value().json);
    expect_fillings(golden.at(i).at("output").value(), got.root());
  }
}

INSTANTIATE_TEST_SUITE_P(Families, FillMaskGolden,
                         ::testing::Values("fill-mask-bert", "fill-mask-roberta"));

TEST(FillMask, NamesWhatItCannotDo) {
  testing::PipelineGolden golden("fill-mask-bert", "fill-mask");
  constexpr ErrorCode kCode = ErrorCode::kInvalidArgument;
  const auto run = [&golden](std::string text, std::string options) {
    return golden.run(std::move(text), std::nullopt, std::move(options));
  };
  for (const char* const text : {"", "   ", "no mask here", "😀"}) {
    EXPECT_TRUE(fails_with(run(text, ""), kCode, "expected a text with [MASK], got one without"));
  }
  EXPECT_TRUE(fails_with(golden.run("[MASK]", "two", ""), kCode, "expected one text, got two"));
  EXPECT_TRUE(fails_with(run("[MASK]", R"({"top_k":0})"), kCode, "top_k"));
  EXPECT_TRUE(fails_with(run("[MASK]", R"({"targets":[1]})"), kCode, "an array of strings"));
  EXPECT_TRUE(fails_with(run("[MASK]", R"({"targets":["  "]})"), kCode, "expected words"));
  EXPECT_TRUE(fails_with(run("[MASK]", R"({"tokenizer_kwargs":{}})"), ErrorCode::kUnsupported,
                         "tokenizer_kwargs"));
  std::string long_text;
  for (int i = 0; i < 100; ++i) long_text += "a ";
  EXPECT_TRUE(fails_with(run(long_text + "[MASK]", ""), kCode, "got one without"));
  const auto all = run("[MASK]", R"({"top_k":100000})");
  EXPECT_EQ(parse(all.value().json).root().size(), 2000U);
}

}  // namespace
}  // namespace glassformer
