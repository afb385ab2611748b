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

size_t texts_in_pass(std::span<const TokenInput> texts) {
  size_t count = 1, n_tokens = texts[0].ids.size();
  while (count < texts.size() && n_tokens + texts[count].ids.size() <= kSharedPassTokens) {
    n_tokens += texts[count++].ids.size();
  }
  return count;
}

TokenInput pack_texts(std::span<const TokenInput> texts, Workspace& workspace) {
  if (texts.size() == 1) return texts[0];
  const auto lengths = workspace.array<size_t>(texts.size());
  size_t n_tokens = 0;
  for (size_t i = 0; i < texts.size(); ++i) n_tokens += lengths[i] = texts[i].ids.size();
  const auto ids = workspace.array<int32_t>(n_tokens);
  const bool has_types = !texts[0].type_ids.empty();
  const auto type_ids = workspace.array<int32_t>(has_types ? n_tokens : 0);
  size_t first = 0;
  for (const TokenInput& text : texts) {
    GF_CHECK(text.type_ids.empty() != has_types && text.decoder_ids.empty());
    std::ranges::copy(text.ids, ids.subspan(first).begin());
    if (has_types) std::ranges::copy(text.type_ids, type_ids.subspan(first).begin());
    first += text.ids.size();
  }
  return {ids, type_ids, {}, lengths};
}

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
