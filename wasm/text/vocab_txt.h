// Reads BERT's older files: vocab.txt, one token per line, the line number being the id; and
// tokenizer_config.json.
#pragma once

#include <string_view>

#include "core/result.h"
#include "text/tokenizer.h"

namespace glassformer {

inline constexpr std::string_view kVocabTxt = "vocab.txt";

Result<TokenizerParts> read_vocab_txt(std::string_view vocab_txt,
                                      std::string_view tokenizer_config_json);

}  // namespace glassformer
