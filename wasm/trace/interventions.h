// What a caller changes in a forward pass: heads that are silenced, tokens that nobody may look at,
// rows of attention that are replaced, layers that are left out. The layers apply it where the
// numbers arise.
#pragma once

#include <algorithm>
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
  /// Of the stack whose last states the head reads, an encoder-decoder's decoder: such a layer
  /// hands its input on unchanged. Without all layers from one on it is the logit lens
  /// (nostalgebraist 2020).
  std::vector<size_t> skipped_layers;
};

/// Whether any is about tokens, by their positions, and not about the model alone.
inline bool names_tokens(const Interventions& interventions) {
  return !interventions.masked_tokens.empty() || !interventions.replaced.empty();
}

inline bool skips(const Interventions& interventions, size_t layer) {
  return std::ranges::count(interventions.skipped_layers, layer) > 0;
}

}  // namespace glassformer
