// What is done to the scores of the next token before one is chosen: transformers' logits
// processors, in its order.
#pragma once

#include "decoding/generation_options.h"

namespace glassformer {

/// A sequence that waits for its next token.
struct ProcessedSequence {
  std::span<const int32_t> ids;  // with its prompt
  LengthLimits limits;
};

/// Changes scores [vocab_size] of the next token: penalties, and minus infinity for what may not be
/// said. Logits in greedy search and sampling, log-probabilities in beam search.
void process_scores(const GenerationOptions& options, const ProcessedSequence& sequence,
                    std::span<float> scores);

}  // namespace glassformer
