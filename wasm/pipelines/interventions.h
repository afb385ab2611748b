// Whether what a caller wants changed in a forward pass fits the tokens that there are. Before this
// only the heads and layers were checked, which are known without a text.
#pragma once

#include "core/result.h"
#include "decoding/token_generation.h"
#include "trace/interventions.h"

namespace glassformer {

/// For one pass over `n_tokens` tokens. kInvalidArgument for a token that is not there, when none
/// is left to look at, and for a row that has not a weight for each token.
Result<void> check_interventions(const Interventions& interventions, size_t n_tokens);

/// For generation, where the tokens that can be masked are those of the source, or of the prompt of
/// a model that is one stack. Queries are positions of the sequence, prompt included; a decoder's
/// own attention has a weight for each token up to the query, all others one for each of the
/// source's.
Result<void> check_interventions(const Interventions& interventions, const GenerationInput& input);

}  // namespace glassformer
