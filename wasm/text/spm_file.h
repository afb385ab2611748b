// SentencePiece's model files (.spm, .model): a protocol buffer with the pieces, their scores, and
// how text is normalised. Read field by field, every length checked; unknown fields are skipped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace glassformer {

struct SpmPiece {
  enum class Type : uint8_t {
    kNormal = 1,
    kUnknown = 2,
    kControl = 3,
    kUserDefined = 4,
    kUnused = 5,
    kByte = 6,
  };

  std::string text;
  float score = 0;
  Type type = Type::kNormal;
};

enum class SpmModelType : uint8_t { kUnigram = 1, kBpe = 2, kWord = 3, kCharacter = 4 };

struct SpmFile {
  std::vector<SpmPiece> pieces;  // the id is the place in the list
  SpmModelType model_type = SpmModelType::kUnigram;
  bool byte_fallback = false;
  int32_t unk_id = 0;

  std::string charsmap;
  bool add_dummy_prefix = true;
  bool remove_extra_whitespaces = true;
  bool escape_whitespaces = true;
  bool blank_as_suffix = false;
};

/// `source` names the file in errors.
Result<SpmFile> read_spm_file(std::string_view bytes, std::string_view source);

}  // namespace glassformer
