// Drawing a token from a distribution, and the random numbers for it.
#pragma once

#include <cstdint>
#include <span>

#include "decoding/generation_options.h"

namespace glassformer {

/// Random numbers of our own, the same on every machine: SplitMix64 (Steele et al. 2014). Streams
/// of one seed are independent of each other, so that what one sequence draws does not depend on
/// those beside it.
class RandomStream {
 public:
  RandomStream(uint64_t seed, uint64_t stream);

  /// Uniform in [0, 1), from 53 bits.
  double next();

 private:
  uint64_t next_bits();
  uint64_t state_;
};

/// Temperature, top_k and top_p, in this order (transformers' logits warpers), on the scores
/// [vocab_size]; what is left out becomes minus infinity. At least one token stays.
void warp_scores(const GenerationOptions& options, std::span<float> scores);

/// The token that a random number in [0, 1) stands for, by inversion: the first, in the order of
/// ids, up to which the probabilities sum to more than that part of their total. `log_probs`
/// [vocab_size].
int32_t draw_token(std::span<const float> log_probs, double random_number);

}  // namespace glassformer
