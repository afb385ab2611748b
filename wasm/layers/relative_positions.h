// Relative positions as T5 has them (Raffel et al. 2019, section 2.1): the distance from query to
// key falls into a bucket, exact for near keys and logarithmic for far ones, and every head adds
// its own number for the bucket to the score.
#pragma once

#include "formats/weights.h"
#include "layers/forward_context.h"
#include "layers/kv_cache.h"

namespace glassformer {

struct RelativePositions {
  ConstMatrix table;  // [n_buckets, n_heads]
  size_t max_distance;
  bool bidirectional;  // keys behind and ahead have buckets of their own

  /// What is added to the scores of the last n_q of n_k tokens: [n_heads * n_q, n_k], in the
  /// workspace.
  Matrix bias(size_t n_q, size_t n_k, ForwardContext& context) const;

  /// The batch with what is added to the scores of each sequence; in the workspace.
  SequenceBatch biased(SequenceBatch batch, ForwardContext& context) const;
};

/// Reads "relative_attention_bias.weight" [n_buckets, n_heads].
Result<ConstMatrix> load_relative_table(const WeightScope& weights, size_t n_buckets,
                                        size_t n_heads);

}  // namespace glassformer
