#include "decoding/probabilities.h"

#include "kernels/elementwise.h"

namespace glassformer {

void logits_to_distribution(std::span<float> logits) {
  softmax_rows({logits.data(), 1, logits.size()}, /*scale=*/1.0F);
}

void logits_to_independent(std::span<float> logits) { sigmoid(logits); }

}  // namespace glassformer
