// Decoders turn tokens back into text: prefixes and suffixes go, blanks and bytes come back.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/metaspace.h"

namespace glassformer {

class Decoder {
 public:
  virtual ~Decoder() = default;

  /// Rewrites the tokens so that, one after another, they are the text.
  virtual void decode(std::vector<std::string>& tokens) const = 0;
};

/// WordPiece's: continuations are joined, other tokens get a blank; punctuation is cleaned up.
std::unique_ptr<Decoder> make_word_piece_decoder();
std::unique_ptr<Decoder> make_byte_level_decoder();
std::unique_ptr<Decoder> make_metaspace_decoder(const MetaspaceOptions& options);

/// Tokens are joined, and the end of a word becomes a blank.
std::unique_ptr<Decoder> make_bpe_decoder(std::string suffix);

/// The "decoder" of a tokenizer.json.
Result<std::unique_ptr<Decoder>> read_decoder(const JsonValue& value);

/// English without the blanks that tokenising puts before punctuation and contractions, as the
/// reference's clean_up_tokenization.
std::string clean_up_blanks(std::string text);

}  // namespace glassformer
