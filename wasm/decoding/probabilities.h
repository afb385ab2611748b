// From logits to probabilities, in place.
#pragma once

#include <span>

namespace glassformer {

/// One distribution over all: for exclusive labels and next tokens.
void logits_to_distribution(std::span<float> logits);

/// One probability each: for labels that can hold together.
void logits_to_independent(std::span<float> logits);

}  // namespace glassformer
