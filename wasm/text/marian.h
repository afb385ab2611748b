// Marian's tokeniser (Junczys-Dowmunt et al. 2018), as the Helsinki-NLP models have it: source.spm
// cuts the text, vocab.json numbers the pieces of both languages, and a language code (">>fra<<")
// may come first.
#pragma once

#include <string_view>

#include "core/result.h"
#include "text/text_files.h"
#include "text/tokenizer.h"

namespace glassformer {

inline constexpr std::string_view kSourceSpm = "source.spm";
inline constexpr std::string_view kVocabJson = "vocab.json";

Result<TokenizerParts> read_marian(const TextFiles& files);

}  // namespace glassformer
