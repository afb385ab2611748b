// The token models of SentencePiece files, as SentencePiece itself runs them: Unigram in single
// precision, and BPE that merges the neighbours whose piece has the highest score.
#pragma once

#include <memory>
#include <string_view>

#include "text/spm_file.h"
#include "text/token_model.h"

namespace glassformer {

Result<std::unique_ptr<TokenModel>> make_spm_model(const SpmFile& file, std::string_view source);

}  // namespace glassformer
