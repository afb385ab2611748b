#include "layers/relative_positions.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace glassformer {

namespace {

/// The bucket of a distance of `distance` (>= 0) among `n_buckets`: half of them exact, the others
/// logarithmic up to max_distance. In f32, as the reference computes it: the boundaries depend on
/// it.
size_t distance_bucket(size_t distance, size_t n_buckets, size_t max_distance) {
  const size_t n_exact = n_buckets / 2;
  if (distance < n_exact) return distance;
  const auto exact = static_cast<float>(n_exact);
  const float place = std::log(static_cast<float>(distance) / exact) /
                      static_cast<float>(std::log(static_cast<double>(max_distance) / exact)) *
                      static_cast<float>(n_buckets - n_exact);
  return std::min(n_exact + static_cast<size_t>(place), n_buckets - 1);
}

size_t bucket(size_t query, size_t key, const RelativePositions& positions) {
  const size_t n_buckets = positions.table.rows;
  const size_t distance = key > query ? key - query : query - key;
  if (!positions.bidirectional) {
    return distance_bucket(key > query ? 0 : distance, n_buckets, positions.max_distance);
  }
  const size_t half = n_buckets / 2;
  return (key > query ? half : 0) + distance_bucket(distance, half, positions.max_distance);
}

}  // namespace

Matrix RelativePositions::bias(size_t n_q, size_t n_k, ForwardContext& context) const {
  const size_t n_heads = table.cols;
  const Matrix out = context.workspace.matrix(n_heads * n_q, n_k);
  const size_t n_past = n_k - n_q;
  for (size_t query = 0; query < n_q; ++query) {
    for (size_t key = 0; key < n_k; ++key) {
      const auto values = table.row(bucket(n_past + query, key, *this));
      for (size_t head = 0; head < n_heads; ++head) out.at(head * n_q + query, key) = values[head];
    }
  }
  return out;
}

SequenceBatch RelativePositions::biased(SequenceBatch batch, ForwardContext& context) const {
  const auto biased = context.workspace.array<BatchedSequence>(batch.size());
  std::ranges::copy(batch, biased.begin());
  for (BatchedSequence& sequence : biased) {
    sequence.bias = bias(sequence.count, sequence.past() + sequence.count, context);
  }
  return biased;
}

Result<ConstMatrix> load_relative_table(const WeightScope& weights, size_t n_buckets,
                                        size_t n_heads) {
  return weights.float_matrix("relative_attention_bias.weight", n_buckets, n_heads);
}

}  // namespace glassformer
