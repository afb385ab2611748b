// Reads BERT's older files: vocab.txt, one token per line, the line number being the id; and what
// tokenizer_config.json and others say beside it. MPNet has the same with special tokens of its
// own.
#pragma once

#include <string_view>

#include "core/result.h"
#include "text/text_files.h"
#include "text/tokenizer.h"

namespace glassformer {

inline constexpr std::string_view kVocabTxt = "vocab.txt";

Result<TokenizerParts> read_vocab_txt(const TextFiles& files);

}  // namespace glassformer
