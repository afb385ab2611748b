// The normaliser "Precompiled": SentencePiece's table of rules as the reference's tokenizer.json
// applies it, grapheme by grapheme.
#pragma once

#include <memory>

#include "text/charsmap.h"
#include "text/normalizer.h"

namespace glassformer {

std::unique_ptr<Normalizer> make_precompiled(Charsmap charsmap);

Result<std::unique_ptr<Normalizer>> read_precompiled(const JsonValue& value);

}  // namespace glassformer
