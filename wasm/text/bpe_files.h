// Reads the older files of BPE tokenisers, vocab.json and merges.txt: GPT-2's, RoBERTa's and
// BART's, the first GPT's, and CTRL's.
#pragma once

#include "core/result.h"
#include "text/text_files.h"
#include "text/tokenizer.h"

namespace glassformer {

inline constexpr std::string_view kMergesTxt = "merges.txt";

Result<TokenizerParts> read_bpe_files(const TextFiles& files);

}  // namespace glassformer
