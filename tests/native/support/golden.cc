#include "support/golden.h"

#include <cmath>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>

#include "core/json.h"
#include "support/test_files.h"

namespace glassformer::testing {

namespace {

std::vector<int32_t> read_ids(JsonValue entry, std::string_view key) {
  std::vector<int32_t> ids;
  const auto array = entry.find(key);
  for (size_t i = 0; array && i < array->size(); ++i) {
    ids.push_back(static_cast<int32_t>((*array)[i].integer(key).value()));
  }
  return ids;
}

}  // namespace

std::vector<GoldenCase> read_cases(const std::string& name) {
  const auto document = JsonDocument::parse(
      read_source_file(concat("tests/golden/models/", name, "/inputs.json")), "inputs");
  const JsonValue cases = document.value().root().at("cases").value();
  std::vector<GoldenCase> out;
  for (size_t i = 0; i < cases.size(); ++i) {
    out.push_back({read_ids(cases[i], "ids"), read_ids(cases[i], "type_ids"),
                   read_ids(cases[i], "decoder_ids")});
  }
  return out;
}

TensorMap select_case(const TensorMap& all, size_t index) {
  const std::string prefix = concat(index, ".");
  TensorMap selected;
  for (const auto& [name, tensor] : all) {
    if (name.starts_with(prefix)) selected.emplace(name.substr(prefix.size()), tensor);
  }
  return selected;
}

std::vector<float> floats_of(const TensorView& tensor) {
  std::vector<float> values(tensor.element_count());
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

float max_difference(const TensorView& expected, const TensorView& got) {
  EXPECT_EQ(got.shape, expected.shape);
  if (got.shape != expected.shape) return std::numeric_limits<float>::infinity();
  const auto reference = floats_of(expected), ours = floats_of(got);
  float largest = 0.0F;
  for (size_t i = 0; i < ours.size(); ++i) {
    const float difference = std::abs(ours[i] - reference[i]);
    largest = difference <= largest ? largest : difference;  // NaN is the largest of all
  }
  return largest;
}

double cosine(std::span<const float> x, std::span<const float> y) {
  double xy = 0, xx = 0, yy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xy += double{x[i]} * y[i];
    xx += double{x[i]} * x[i];
    yy += double{y[i]} * y[i];
  }
  return xy / std::sqrt(xx * yy);
}

void expect_close(const TensorView& expected, const TensorView& got) {
  ASSERT_EQ(got.shape, expected.shape);
  const auto reference = floats_of(expected), ours = floats_of(got);
  for (size_t i = 0; i < reference.size(); ++i) ASSERT_NEAR(ours[i], reference[i], kTolerance) << i;
}

}  // namespace glassformer::testing
