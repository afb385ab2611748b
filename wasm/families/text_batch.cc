#include "families/text_batch.h"

#include <algorithm>

namespace glassformer {

namespace {

/// Row i of the result is row row_of(sequence i) of hidden.
template <class RowOf>
Matrix one_row_each(Matrix hidden, SequenceBatch batch, ForwardContext& context, RowOf row_of) {
  if (hidden.rows == batch.size()) return hidden;
  const Matrix rows = context.workspace.matrix(batch.size(), hidden.cols);
  for (size_t i = 0; i < batch.size(); ++i) {
    std::ranges::copy(hidden.row(row_of(batch[i])), rows.row(i).begin());
  }
  return rows;
}

}  // namespace

SequenceBatch sequences_of(const TokenInput& input, Workspace& workspace) {
  const size_t whole = input.ids.size();
  const std::span<const size_t> lengths =
      input.lengths.empty() ? std::span(&whole, 1) : input.lengths;
  const auto sequences = workspace.array<BatchedSequence>(lengths.size());
  size_t first = 0;
  for (size_t i = 0; i < lengths.size(); ++i) {
    sequences[i] = {first, lengths[i]};
    first += lengths[i];
  }
  GF_CHECK(first == whole);
  return sequences;
}

Matrix first_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context) {
  return one_row_each(hidden, batch, context,
                      [](const BatchedSequence& sequence) { return sequence.first; });
}

Matrix last_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context) {
  return one_row_each(hidden, batch, context, [](const BatchedSequence& sequence) {
    return sequence.first + sequence.count - 1;
  });
}

}  // namespace glassformer
