// CTRL's tokeniser (Keskar et al. 2019): byte-pair encoding of words between white space, a line's
// end staying with its word. vocab.json has the pieces that another one follows marked: "learn@@",
// "ing".
#pragma once

#include "core/result.h"
#include "text/bpe.h"
#include "text/tokenizer.h"
#include "text/tokenizer_settings.h"

namespace glassformer {

/// Whether most of a vocabulary is marked as CTRL's is.
bool is_ctrl_vocabulary(const Vocabulary& vocabulary);

Result<TokenizerParts> make_ctrl(Vocabulary vocabulary, const std::vector<Merge>& merges,
                                 const TokenizerSettings& settings);

}  // namespace glassformer
