// Every hidden state, attention matrix and logit of every golden model against the reference
// implementation.
#include "support/golden.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "engine/engine.h"
#include "engine/trace_file.h"
#include "formats/safetensors.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

void expect_equal(const TensorMap& expected, const TensorMap& got) {
  ASSERT_EQ(got.size(), expected.size());
  for (const auto& [name, tensor] : expected) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(got.contains(name));
    testing::expect_close(tensor, got.find(name)->second);
  }
}

class Golden : public ::testing::TestWithParam<const char*> {};

/// In f32: the reference multiplied the widened weights where they are int8.
TEST_P(Golden, EqualsTheReference) {
  Engine engine;
  const ModelHandle model = testing::add_model(engine, testing::read_golden(GetParam()));
  ASSERT_TRUE(testing::succeeded(engine.load_model(model, {.dtype = "fp32"})));
  const std::string file = testing::read_source_file(
      concat("tests/golden/models/", GetParam(), "/expected.safetensors"));
  const auto expected = parse_safetensors(testing::as_bytes(file), "expected");
  ASSERT_TRUE(testing::succeeded(expected));
  const auto cases = testing::read_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  for (size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(i);
    const auto output = engine.forward(model, {cases[i].ids, cases[i].type_ids});
    ASSERT_TRUE(testing::succeeded(output));
    const auto bytes = trace_to_safetensors(output.value());
    expect_equal(testing::select_case(expected.value(), i),
                 parse_safetensors(bytes, "got").value());
  }
}

/// Weights rounded to 8 bits and, row by row, activations to 7: what that does to random weights is
/// no less than what it does to trained ones.
TEST_P(Golden, StaysCloseWhenQuantised) {
  Engine engine;
  const auto folder = testing::read_golden(GetParam());
  const ModelHandle exact = testing::add_model(engine, folder),
                    quantized = testing::add_model(engine, folder);
  ASSERT_TRUE(testing::succeeded(engine.load_model(exact, {.dtype = "fp32"})));
  ASSERT_TRUE(testing::succeeded(engine.load_model(quantized, {.dtype = "q8"})));
  const testing::GoldenCase longest = testing::read_cases(GetParam()).back();
  const auto a = engine.forward(exact, {longest.ids, longest.type_ids});
  const auto b = engine.forward(quantized, {longest.ids, longest.type_ids});
  const auto& x = a.value().trace.all_hidden_states(Stream::kMain).data;
  const auto& y = b.value().trace.all_hidden_states(Stream::kMain).data;
  double xy = 0, xx = 0, yy = 0;
  for (size_t i = 0; i < x.size(); ++i) xy += x[i] * y[i], xx += x[i] * x[i], yy += y[i] * y[i];
  const double cosine = xy / std::sqrt(xx * yy);
  RecordProperty("cosine", std::to_string(cosine));
  EXPECT_GT(cosine, 0.999);
}

INSTANTIATE_TEST_SUITE_P(Families, Golden,
                         ::testing::Values("bert-classification", "bert-bare-gelu-new",
                                           "bert-classification-int8", "distilbert-classification",
                                           "distilbert-bare-relu"),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace glassformer
