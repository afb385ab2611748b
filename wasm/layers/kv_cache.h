// Keys and values kept from one decoding step to the next, so that a new token costs one row and
// not the whole sequence again.
#pragma once

#include <span>
#include <vector>

#include "core/matrix.h"

namespace glassformer {

/// The keys and values that one attention has of one sequence, [size, d] each.
class KeysValues {
 public:
  /// Adds the rows of k and v, [n, d] each.
  void append(ConstMatrix k, ConstMatrix v);

  ConstMatrix keys() const { return {keys_.data(), size(), width_}; }
  ConstMatrix values() const { return {values_.data(), size(), width_}; }
  size_t size() const { return width_ == 0 ? 0 : keys_.size() / width_; }

 private:
  std::vector<float> keys_;
  std::vector<float> values_;
  size_t width_ = 0;
};

/// What a decoder's self-attention has of the tokens that one sequence has read. A copy is another
/// sequence with the same beginning.
struct SequenceCache {
  std::vector<KeysValues> layers;  // as many as the decoder has, once a token was read
  size_t length = 0;               // tokens read
};

/// What cross-attention has of one source text: computed once, read by every step.
struct SourceMemory {
  std::vector<KeysValues> layers;
};

/// The new tokens of one sequence: rows [first, first + count) of a batch of several sequences, one
/// behind the other.
struct BatchedSequence {
  size_t first = 0;
  size_t count = 0;
  SequenceCache* cache = nullptr;        // null: nothing came before and nothing is kept
  const SourceMemory* source = nullptr;  // null: no cross-attention
  /// [n_heads * n_q, n_k], added to the scaled scores of its self-attention; empty for none.
  ConstMatrix bias = {};

  /// How many of its tokens were read before: the position of the first new one.
  size_t past() const { return cache == nullptr ? 0 : cache->length; }
};

using SequenceBatch = std::span<const BatchedSequence>;

}  // namespace glassformer
