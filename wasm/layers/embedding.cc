#include "layers/embedding.h"

#include <algorithm>

#include "core/half.h"
#include "core/quantize.h"
#include "kernels/elementwise.h"

namespace glassformer {

Result<Embedding> Embedding::load(const WeightScope& weights, size_t n_rows, size_t d_model) {
  Embedding embedding;
  GF_ASSIGN(embedding.table_, weights.matrix("weight", n_rows, d_model));
  return embedding;
}

Result<Embedding> Embedding::load_exact(const WeightScope& weights, size_t n_rows, size_t d_model) {
  Embedding embedding;
  GF_ASSIGN(embedding.table_, weights.float_matrix("weight", n_rows, d_model));
  return embedding;
}

Matrix Embedding::lookup(std::span<const int32_t> ids, ForwardContext& context) const {
  const Matrix x = context.workspace.matrix(ids.size(), d_model());
  for (size_t i = 0; i < ids.size(); ++i) {
    const auto values = row(static_cast<size_t>(ids[i]), x.row(i));
    if (values.data() != x.row(i).data()) std::ranges::copy(values, x.row(i).begin());
  }
  return x;
}

void Embedding::add_rows(Matrix x, std::span<const int32_t> ids, ForwardContext& context) const {
  GF_CHECK(ids.size() == x.rows);
  const Workspace::Scope scope(context.workspace);
  const auto scratch = context.workspace.floats(d_model());
  for (size_t i = 0; i < x.rows; ++i) {
    add_bias(x.slice(i, 1), row(static_cast<size_t>(ids[i]), scratch));
  }
}

void Embedding::add_row_to_all(Matrix x, size_t id, ForwardContext& context) const {
  const Workspace::Scope scope(context.workspace);
  add_bias(x, row(id, context.workspace.floats(d_model())));
}

void Embedding::add_rows_from(Matrix x, size_t first, ForwardContext& context) const {
  const Workspace::Scope scope(context.workspace);
  const auto scratch = context.workspace.floats(d_model());
  for (size_t i = 0; i < x.rows; ++i) add_bias(x.slice(i, 1), row(first + i, scratch));
}

void Embedding::add_positions(Matrix x, SequenceBatch batch, size_t first,
                              ForwardContext& context) const {
  for (const BatchedSequence& sequence : batch) {
    add_rows_from(x.slice(sequence.first, sequence.count), first + sequence.past(), context);
  }
}

std::span<const float> Embedding::row(size_t id, std::span<float> scratch) const {
  if (const auto* int8 = std::get_if<Int8Matrix>(&table_)) {
    GF_CHECK(id < int8->values.rows);
    dequantize_row(*int8, id, scratch);
    return scratch;
  }
  if (const auto* half = std::get_if<HalfMatrix>(&table_)) {
    GF_CHECK(id < half->values.rows);
    widen_row(*half, id, scratch);
    return scratch;
  }
  const auto& table = std::get<ConstMatrix>(table_);
  GF_CHECK(id < table.rows);
  return table.row(id);
}

}  // namespace glassformer
