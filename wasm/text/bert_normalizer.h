// The normaliser of BERT and its kin (Devlin et al. 2018, the "basic tokenizer"): control
// characters out, white space to blanks, Chinese characters set apart, accents and case away.
#pragma once

#include <memory>

#include "text/normalizer.h"

namespace glassformer {

struct BertNormalizerOptions {
  bool clean_text = true;
  bool handle_chinese_chars = true;
  bool strip_accents = true;
  bool lowercase = true;
};

class BertNormalizer : public Normalizer {
 public:
  explicit BertNormalizer(const BertNormalizerOptions& options) : options_(options) {}
  void normalize(AlignedText& text) const override;

 private:
  BertNormalizerOptions options_;
};

Result<std::unique_ptr<Normalizer>> read_bert_normalizer(const JsonValue& value);

}  // namespace glassformer
