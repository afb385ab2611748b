// Reads tokenizer.json, the one file in which the reference implementation keeps a whole tokeniser.
#pragma once

#include <string_view>

#include "core/result.h"
#include "text/tokenizer.h"

namespace glassformer {

inline constexpr std::string_view kTokenizerJson = "tokenizer.json";

Result<TokenizerParts> read_tokenizer_json(std::string_view text);

}  // namespace glassformer
