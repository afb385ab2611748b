// Chooses how to read a tokeniser by the files that a model folder has.
#pragma once

#include "core/result.h"
#include "text/text_files.h"
#include "text/tokenizer.h"

namespace glassformer {

Result<TokenizerParts> read_tokenizer_files(const TextFiles& files);

}  // namespace glassformer
