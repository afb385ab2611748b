// Every hidden state, attention matrix and logit of every golden model against the reference
// implementation.
#include <algorithm>
#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "core/json.h"
#include "engine/engine.h"
#include "engine/trace_file.h"
#include "formats/safetensors.h"
#include "support/matchers.h"
#include "support/test_files.h"

namespace glassformer {
namespace {

/// The promise of the project for f32.
constexpr float kTolerance = 1e-4F;

struct Case {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;
};

std::vector<int32_t> read_ids(JsonValue array) {
  std::vector<int32_t> ids;
  for (size_t i = 0; i < array.size(); ++i)
    ids.push_back(static_cast<int32_t>(array[i].integer("id").value()));
  return ids;
}

std::vector<Case> read_cases(const std::string& golden) {
  const auto document = JsonDocument::parse(
      testing::read_source_file(concat("tests/golden/models/", golden, "/inputs.json")), "inputs");
  const JsonValue cases = document.value().root().at("cases").value();
  std::vector<Case> out;
  for (size_t i = 0; i < cases.size(); ++i) {
    out.push_back(
        {read_ids(cases[i].at("ids").value()), read_ids(cases[i].at("type_ids").value())});
  }
  return out;
}

std::vector<float> floats_of(const TensorView& tensor) {
  std::vector<float> values(tensor.element_count());
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// The tensors whose name begins with "<case>.", without that prefix.
TensorMap select_case(const TensorMap& all, size_t index) {
  const std::string prefix = concat(index, ".");
  TensorMap selected;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) selected.emplace(name.substr(prefix.size()), tensor);
  }
  return selected;
}

void expect_equal(const TensorMap& expected, const TensorMap& got) {
  ASSERT_EQ(got.size(), expected.size());
  for (const auto& [name, tensor] : expected) {
    SCOPED_TRACE(name);
    ASSERT_TRUE(got.contains(name));
    ASSERT_EQ(got.find(name)->second.shape, tensor.shape);
    const auto reference = floats_of(tensor), ours = floats_of(got.find(name)->second);
    for (size_t i = 0; i < reference.size(); ++i)
      ASSERT_NEAR(ours[i], reference[i], kTolerance) << i;
  }
}

class Golden : public ::testing::TestWithParam<const char*> {};

TEST_P(Golden, EqualsTheReference) {
  Engine engine;
  const ModelHandle model = testing::add_model(engine, testing::read_golden(GetParam()));
  ASSERT_TRUE(testing::succeeded(engine.load_model(model, {})));
  const std::string file = testing::read_source_file(
      concat("tests/golden/models/", GetParam(), "/expected.safetensors"));
  const auto expected = parse_safetensors(testing::as_bytes(file), "expected");
  ASSERT_TRUE(testing::succeeded(expected));
  const auto cases = read_cases(GetParam());
  ASSERT_FALSE(cases.empty());
  for (size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(i);
    const auto output = engine.forward(model, {cases[i].ids, cases[i].type_ids});
    ASSERT_TRUE(testing::succeeded(output));
    const auto bytes = trace_to_safetensors(output.value());
    expect_equal(select_case(expected.value(), i), parse_safetensors(bytes, "got").value());
  }
}

TEST_P(Golden, StaysCloseWhenQuantisedOnArrival) {
  Engine engine;
  const auto folder = testing::read_golden(GetParam());
  const ModelHandle exact = testing::add_model(engine, folder),
                    quantized = testing::add_model(engine, folder);
  ASSERT_TRUE(testing::succeeded(engine.load_model(exact, {})));
  ASSERT_TRUE(testing::succeeded(engine.load_model(quantized, {.dtype = "q8"})));
  const Case longest = read_cases(GetParam()).back();
  const auto a = engine.forward(exact, {longest.ids, longest.type_ids});
  const auto b = engine.forward(quantized, {longest.ids, longest.type_ids});
  const auto& x = a.value().trace.all_hidden_states().data;
  const auto& y = b.value().trace.all_hidden_states().data;
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
