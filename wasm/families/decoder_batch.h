// Several sequences through a decoder at once, packed one behind the other: what decode() does in
// every family, around the family's own layers.
#pragma once

#include "families/text_batch.h"

namespace glassformer {

/// The tokens of all inputs, and which of them belong together.
struct PackedBatch {
  std::span<const int32_t> ids;
  SequenceBatch sequences;
};

/// Its spans lie in the workspace.
PackedBatch pack(std::span<const DecoderInput> inputs, Workspace& workspace);

/// The hidden states of the last token of each input, [inputs.size(), d_model], from
/// run(ids, batch) -> [n, d_model]; the caches count the tokens that were read.
template <class Run>
Matrix run_batch(std::span<const DecoderInput> inputs, ForwardContext& context, Run run) {
  const PackedBatch batch = pack(inputs, context.workspace);
  const Matrix hidden = run(batch.ids, batch.sequences);  // [n, d_model]
  for (const DecoderInput& input : inputs) input.cache->length += input.ids.size();
  return last_rows(hidden, batch.sequences, context);
}

}  // namespace glassformer
