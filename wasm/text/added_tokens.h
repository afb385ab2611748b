// Added tokens ([CLS], [MASK], <extra_id_0>, ...) are found in the text as a whole, before anything
// else looks at it; those that are `normalized` in the normalised text, the others in the original.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/aligned_text.h"
#include "text/normalizer.h"
#include "text/vocabulary.h"

namespace glassformer {

struct AddedToken {
  std::string content;
  bool single_word = false;  // not where it touches a letter or digit
  bool lstrip = false;       // takes the white space to its left with it
  bool rstrip = false;
  bool normalized = false;  // compared after normalisation of both
  bool special = false;     // left out of decoded text on demand
};

class AddedTokens {
 public:
  /// A token that the model knows has the model's id; others are numbered on from the model's last.
  /// That is how the reference reads a tokenizer.json: the ids written there are not looked at.
  /// `normalizer` may be null.
  static Result<AddedTokens> create(const std::vector<AddedToken>& tokens, const Vocabulary& model,
                                    const Normalizer* normalizer, std::string_view source);

  /// The text, normalised and cut where added tokens are.
  PreTokenizedText extract(std::string_view text, const Normalizer* normalizer) const;

  /// The id of a token with this content.
  std::optional<int32_t> find(std::string_view content) const;

  /// The content of a token, as it was written down.
  std::optional<std::string_view> token(int32_t id) const;

  /// The token in decoded text: one that is compared after normalisation comes out normalised.
  std::optional<std::string_view> decoded(int32_t id) const;

  /// Whether decoding may leave the token out.
  bool is_special(int32_t id) const;

  /// One more than the largest id, 0 without tokens.
  size_t id_limit() const {
    return tokens_.empty() ? 0 : static_cast<size_t>(tokens_.back().id) + 1;
  }

 private:
  struct NumberedToken {
    int32_t id = 0;
    AddedToken token;
    std::string pattern;  // what is looked for in text
  };

  /// A part [begin, end) of a text: an added token, or what lies between them.
  struct Part {
    uint32_t begin, end;
    const NumberedToken* token;
  };

  const NumberedToken* find(int32_t id) const;
  std::vector<Part> split(const AlignedText& text, const Vocabulary& patterns) const;
  void extract_normalized(const AlignedText& text, PreTokenizedText& out) const;

  std::vector<NumberedToken> tokens_;  // sorted by id
  Vocabulary original_patterns_;       // the ids are positions in tokens_
  Vocabulary normalized_patterns_;
};

/// The "added_tokens" of a tokenizer.json.
Result<std::vector<AddedToken>> read_added_tokens(const JsonValue& value);

}  // namespace glassformer
