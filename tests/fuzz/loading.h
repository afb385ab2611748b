// The fuzz target that loads models whose weights come in pieces.
#pragma once

#include <string_view>

namespace glassformer::fuzz {

/// Loads a tiny model from files of weights in pieces. The bytes: one that chooses the model (bit
/// 0), whether the files' sizes are told (bit 1) and the storage (bits 2 and 3); four sizes of
/// pieces, used in turn; the index of the shards up to a zero byte, empty for none; then each file
/// behind its length, 4 bytes, little-endian. They go to the files that the model expects, in its
/// order. Whole files must give the same model, or none either; what loads is run.
void load_in_pieces(std::string_view bytes);

}  // namespace glassformer::fuzz
