// Folders with a SentencePiece model (spiece.model, sentencepiece.bpe.model, tokenizer.model) and
// no tokenizer.json: T5, ALBERT, XLM-RoBERTa, CamemBERT, mBART, Pegasus, Llama. The reference does
// not run SentencePiece for them but puts a tokeniser of its own together from the pieces
// (transformers' convert_slow_tokenizer.py and the tokenisers' classes); so do we.
#pragma once

#include <string_view>

#include "core/result.h"
#include "text/text_files.h"
#include "text/tokenizer.h"

namespace glassformer {

/// From the model file of this name. kUnsupported names a tokenizer_class that is none of those.
Result<TokenizerParts> read_sentencepiece(const TextFiles& files, std::string_view name);

}  // namespace glassformer
