#include "families/decoder_batch.h"

#include <algorithm>

namespace glassformer {

PackedBatch::PackedBatch(std::span<const DecoderInput> inputs) {
  for (const DecoderInput& input : inputs) {
    GF_CHECK(!input.ids.empty() && input.cache != nullptr);
    sequences.push_back({ids.size(), input.ids.size(), input.cache, input.source});
    ids.insert(ids.end(), input.ids.begin(), input.ids.end());
  }
}

Matrix last_rows(Matrix hidden, SequenceBatch batch, ForwardContext& context) {
  if (hidden.rows == batch.size()) return hidden;
  const Matrix last = context.workspace.matrix(batch.size(), hidden.cols);
  for (size_t i = 0; i < batch.size(); ++i) {
    std::ranges::copy(hidden.row(batch[i].first + batch[i].count - 1), last.row(i).begin());
  }
  return last;
}

}  // namespace glassformer
