// Pre-tokenisers cut normalised text into pieces (words, punctuation marks) that the model then
// tokenises one by one. They may rewrite characters too; added tokens that were found already stay
// as they are.
#pragma once

#include <memory>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/aligned_text.h"

namespace glassformer {

class PreTokenizer {
 public:
  virtual ~PreTokenizer() = default;
  virtual void pre_tokenize(PreTokenizedText& text) const = 0;
};

/// BERT's: words and single punctuation marks, white space dropped.
std::unique_ptr<PreTokenizer> make_bert_pre_tokenizer();

/// Words between white space, which is dropped.
std::unique_ptr<PreTokenizer> make_whitespace_split();

/// One after another.
std::unique_ptr<PreTokenizer> make_pre_tokenizer_sequence(
    std::vector<std::unique_ptr<PreTokenizer>> steps);

/// The "pre_tokenizer" of a tokenizer.json.
Result<std::unique_ptr<PreTokenizer>> read_pre_tokenizer(const JsonValue& value);

}  // namespace glassformer
