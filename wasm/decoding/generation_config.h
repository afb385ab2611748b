// Reads GenerationOptions from JSON: a model's generation_config.json (or its config.json, where
// older models say the same), then what a request says on top of it.
#pragma once

#include "core/request_options.h"
#include "decoding/generation_options.h"

namespace glassformer {

/// What a model asks for. Parameters that change what is generated and that this engine does not
/// know are kUnsupported unless they have no effect; `file` is generation_config.json or
/// config.json.
Result<GenerationOptions> read_generation_config(std::string_view json, std::string file);

/// What a request asks for: its options go before those of the model.
Result<GenerationOptions> read_generation_request(RequestOptions& request,
                                                  const GenerationOptions& model);

/// kInvalidArgument where options contradict each other or name tokens that a vocabulary of this
/// size has not; kUnsupported for sampling with beams. `where` begins the message.
Result<void> check_generation_options(const GenerationOptions& options, size_t vocab_size,
                                      std::string_view where);

}  // namespace glassformer
