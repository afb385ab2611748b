// A forward pass written down as a safetensors file, under the names that transformers' outputs
// have.
#pragma once

#include <vector>

#include "engine/engine.h"

namespace glassformer {

/// `hidden_states.N` [n_tokens, d_model] for N = 0 (the embedding output) to n_layers,
/// `attentions.N` [heads, q, k]
/// (`decoder_hidden_states.N`, `decoder_attentions.N` and `cross_attentions.N` where the model has
/// a decoder), `logits`. All F32.
std::vector<std::byte> trace_to_safetensors(const ForwardOutput& output);

}  // namespace glassformer
