// The pre-tokeniser of GPT-2 and its kin (Radford et al. 2019): words with the blank before them,
// then every byte of UTF-8 as a character of GPT-2's alphabet.
#pragma once

#include <memory>

#include "text/normalizer.h"
#include "text/pre_tokenizer.h"

namespace glassformer {

struct ByteLevelOptions {
  bool add_prefix_space = false;
  bool use_regex = true;  // cut into words; otherwise pieces stay as they are
};

/// The alphabet alone, as a normaliser.
class ByteLevelNormalizer : public Normalizer {
 public:
  void normalize(AlignedText& text) const override;
};

std::unique_ptr<PreTokenizer> make_byte_level(const ByteLevelOptions& options);

Result<std::unique_ptr<PreTokenizer>> read_byte_level(const JsonValue& value);

}  // namespace glassformer
