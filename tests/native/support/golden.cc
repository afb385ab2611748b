#include "support/golden.h"

#include <cstring>

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

std::vector<float> floats_of(const TensorView& tensor) {
  std::vector<float> values(tensor.element_count());
  std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
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

void expect_close(const TensorView& expected, const TensorView& got) {
  ASSERT_EQ(got.shape, expected.shape);
  const auto reference = floats_of(expected), ours = floats_of(got);
  for (size_t i = 0; i < reference.size(); ++i) ASSERT_NEAR(ours[i], reference[i], kTolerance) << i;
}

}  // namespace glassformer::testing
