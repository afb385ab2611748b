// How SentencePiece itself prepares text (Kudo and Richardson 2018): the longest rule of its table
// at every place, extra blanks removed, blanks made visible, and one put in front.
#pragma once

#include <string>
#include <vector>

#include "text/charsmap.h"
#include "text/normalizer.h"
#include "text/spm_file.h"
#include "text/vocabulary.h"

namespace glassformer {

class SpmNormalizer : public Normalizer {
 public:
  static Result<SpmNormalizer> create(const SpmFile& file, std::string_view source);

  void normalize(AlignedText& text) const override;

 private:
  SpmNormalizer() = default;

  /// Characters [begin, end) of the text, and what they become.
  struct Step {
    uint32_t begin, end;
    std::u32string replacement;
  };
  std::vector<Step> apply_rules(const AlignedText& text) const;

  Charsmap charsmap_;
  Vocabulary user_defined_;  // pieces that no rule touches
  bool add_dummy_prefix_ = true;
  bool remove_extra_blanks_ = true;
  char32_t blank_ = U' ';
};

}  // namespace glassformer
