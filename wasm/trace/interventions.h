// What a caller changes in a forward pass: heads that are silenced, tokens that nobody may look at,
// rows of attention that are replaced. The layers apply it where the numbers arise.
#pragma once

#include <cstddef>
#include <vector>

#include "trace/tracer.h"

namespace glassformer {

/// One row of one head: what the query attends to instead.
struct ReplacedAttention {
  HeadPlace place;
  size_t query;                // its position in the sequence
  std::vector<float> weights;  // [n_k], or of a decoder those up to the query
};

struct Interventions {
  std::vector<HeadPlace> masked_heads;  // their probabilities are 0, and so is what they add
  std::vector<size_t> masked_tokens;    // of the main stream: as keys they have no weight
  std::vector<ReplacedAttention> replaced;
};

}  // namespace glassformer
