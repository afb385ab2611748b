#include "families/decoder_batch.h"

#include <algorithm>

namespace glassformer {

PackedBatch pack(std::span<const DecoderInput> inputs, Workspace& workspace) {
  size_t n_tokens = 0;
  for (const DecoderInput& input : inputs) n_tokens += input.ids.size();
  const auto ids = workspace.array<int32_t>(n_tokens);
  const auto sequences = workspace.array<BatchedSequence>(inputs.size());
  for (size_t i = 0, first = 0; i < inputs.size(); ++i) {
    const DecoderInput& input = inputs[i];
    GF_CHECK(!input.ids.empty() && input.cache != nullptr);
    sequences[i] = {first, input.ids.size(), input.cache, input.source};
    std::ranges::copy(input.ids, ids.subspan(first).begin());
    first += input.ids.size();
  }
  return {ids, sequences};
}

}  // namespace glassformer
