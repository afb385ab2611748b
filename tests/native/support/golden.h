// What the reference implementation computed, as the recipes of tests/golden/models wrote it down.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "formats/safetensors.h"

namespace glassformer::testing {

/// The promise of the project for f32.
inline constexpr float kTolerance = 1e-4F;

/// The token ids of one forward pass.
struct GoldenCase {
  std::vector<int32_t> ids;
  std::vector<int32_t> type_ids;
  std::vector<int32_t> decoder_ids;
};

/// The cases of inputs.json in tests/golden/models/<name>.
std::vector<GoldenCase> read_cases(const std::string& name);

/// The tensors whose name begins with "<index>.", without that prefix.
TensorMap select_case(const TensorMap& all, size_t index);

/// The elements of an F32 tensor.
std::vector<float> floats_of(const TensorView& tensor);

/// The largest absolute difference of two tensors; fails the running test unless they have the same
/// shape.
float max_difference(const TensorView& expected, const TensorView& got);

/// The cosine of the angle between two vectors.
double cosine(std::span<const float> x, std::span<const float> y);

/// Fails the running test unless both have the same shape and every value is within kTolerance.
void expect_close(const TensorView& expected, const TensorView& got);

}  // namespace glassformer::testing
