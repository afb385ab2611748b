// A fully connected layer: y = x W^T + b, with W [d_out, d_in] as the checkpoint stores it, in f32,
// half floats or int8.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "formats/weights.h"
#include "layers/forward_context.h"

namespace glassformer {

class Linear {
 public:
  /// Reads `weight` [d_out, d_in] and `bias` [d_out].
  static Result<Linear> load(const WeightScope& weights, size_t d_in, size_t d_out);

  /// Reads `weight` [d_out, d_in]; there is no bias (T5).
  static Result<Linear> load_unbiased(const WeightScope& weights, size_t d_in, size_t d_out);

  /// Reads `weight` [d_in, d_out] and `bias` [d_out]: the "Conv1D" of OpenAI's models.
  static Result<Linear> load_transposed(const WeightScope& weights, size_t d_in, size_t d_out);

  /// An output layer that shares its weight [d_out, d_in] with an embedding; `bias` may be empty.
  static Linear tied(const WeightMatrix& weight, std::span<const float> bias);

  /// x [n, d_in] -> [n, d_out], in the workspace.
  Matrix forward(ConstMatrix x, ForwardContext& context) const;

  size_t d_out() const { return matrix_rows(weight_); }

 private:
  /// Finds the light rows, once weight_ is known.
  void prepare();

  WeightMatrix weight_;
  std::vector<uint8_t> light_;   // of weight_ in int8: its light rows
  std::span<const float> bias_;  // [d_out], or empty
};

}  // namespace glassformer
