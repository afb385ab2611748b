// A table of vectors, one row per id: tokens, positions, token types.
#pragma once

#include <cstdint>
#include <span>

#include "formats/weights.h"
#include "layers/forward_context.h"
#include "layers/kv_cache.h"

namespace glassformer {

class Embedding {
 public:
  /// Reads `weight` [n_rows, d_model].
  static Result<Embedding> load(const WeightScope& weights, size_t n_rows, size_t d_model);

  /// The same, in f32 whatever the storage option says: for positions and token types, small tables
  /// whose error every token would share.
  static Result<Embedding> load_exact(const WeightScope& weights, size_t n_rows, size_t d_model);

  /// The rows of `ids`, each below n_rows: [ids.size(), d_model], in the workspace.
  Matrix lookup(std::span<const int32_t> ids, ForwardContext& context) const;

  /// x[i] += row ids[i]; x [ids.size(), d_model].
  void add_rows(Matrix x, std::span<const int32_t> ids, ForwardContext& context) const;

  /// x[i] += row `id`, for every i: one token type for all.
  void add_row_to_all(Matrix x, size_t id, ForwardContext& context) const;

  /// x[i] += row first + i.
  void add_rows_from(Matrix x, size_t first, ForwardContext& context) const;

  /// Learned positions of a batch: the new token i of a sequence gets row first + past + i.
  void add_positions(Matrix x, SequenceBatch batch, size_t first, ForwardContext& context) const;

  /// The table itself, [n_rows, d_model]: for an output layer that shares it.
  const WeightMatrix& table() const { return table_; }

 private:
  /// Row `id` in f32; `scratch` [d_model] holds it when it has to be widened.
  std::span<const float> row(size_t id, std::span<float> scratch) const;
  size_t d_model() const { return matrix_cols(table_); }

  WeightMatrix table_;
};

}  // namespace glassformer
