// The tokens that stand for single bytes in vocabularies with byte fallback: "<0xE4>".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/vocabulary.h"

namespace glassformer {

std::string byte_token(uint8_t byte);

/// The byte that a token stands for; nothing for other tokens.
std::optional<uint8_t> byte_of_token(std::string_view token);

/// The ids of all bytes in order; empty unless the vocabulary has every one of them.
std::vector<int32_t> byte_token_ids(const Vocabulary& vocabulary, std::string_view bytes);

}  // namespace glassformer
