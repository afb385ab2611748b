// From text to the tokens of a model, with the place of every token in the original text: added
// tokens are found, the rest is normalised, cut into pieces, and tokenised; then special tokens are
// put around it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "text/added_tokens.h"
#include "text/decoder.h"
#include "text/encoding.h"
#include "text/normalizer.h"
#include "text/post_processor.h"
#include "text/pre_tokenizer.h"
#include "text/text_files.h"
#include "text/token_model.h"
#include "text/truncation.h"

namespace glassformer {

/// What a tokeniser is made of, as the sections of a tokenizer.json.
struct TokenizerParts {
  std::unique_ptr<Normalizer> normalizer;       // may be null
  std::unique_ptr<PreTokenizer> pre_tokenizer;  // may be null: a text is one piece
  std::unique_ptr<TokenModel> model;
  AddedTokens added_tokens;
  PostProcessor post_processor;
  std::unique_ptr<Decoder> decoder;  // may be null: tokens are joined with blanks
  bool cleans_up = false;            // decoded text loses blanks before punctuation
};

struct DecodeOptions {
  bool skip_special_tokens = true;
};

class Tokenizer {
 public:
  /// A tokenizer.json. A part of a kind that is not there is kUnsupported, with its name. The
  /// sections for truncation and padding are not used: that is for the caller to say, in
  /// EncodeOptions.
  static Result<Tokenizer> from_json(std::string_view tokenizer_json);

  /// BERT's vocab.txt, with the tokenizer_config.json beside it ("" if there is none: then text is
  /// lower-cased).
  static Result<Tokenizer> from_vocab_txt(std::string_view vocab_txt,
                                          std::string_view tokenizer_config_json);

  /// The files of a model folder: tokenizer.json where there is one, else vocab.txt, the
  /// SentencePiece files of Marian, or vocab.json and merges.txt. kNotFound if there is none of
  /// them.
  static Result<Tokenizer> from_files(const TextFiles& files);

  /// Fails if special tokens would have ids outside the vocabulary; `source` names the file in the
  /// error.
  static Result<Tokenizer> create(TokenizerParts parts, std::string_view source);

  /// The text, or a pair of texts, as a model takes it. Ill-formed UTF-8 counts as U+FFFD. A longer
  /// encoding than `max_length` loses tokens from the ends of the texts, the longest first;
  /// kInvalidArgument if the special tokens alone are too many.
  Result<Encoding> encode(std::string_view text, std::optional<std::string_view> pair,
                          const EncodeOptions& options) const;

  /// A pair of texts as windows, each the whole first text beside a part of the second; `truncated`
  /// is 0. kInvalidArgument if the first text leaves no room, or not more than the stride.
  Result<std::vector<Encoding>> encode_windows(std::string_view first, std::string_view second,
                                               const WindowOptions& options) const;

  /// The text that ids stand for. Ids without a token are left out.
  std::string decode(std::span<const int32_t> ids, const DecodeOptions& options) const;

  /// Tokens as the vocabulary has them ("##ing") as text; special ones are kept.
  std::string join(std::vector<std::string> tokens) const;

  /// The id of a token, added ones included.
  std::optional<int32_t> find(std::string_view token) const;

  /// One more than the largest id of any token: rows that an embedding needs.
  size_t vocab_size() const;

  /// The token of an id; empty if there is none.
  std::string_view token(int32_t id) const;

 private:
  struct Tokens;

  explicit Tokenizer(TokenizerParts parts) : parts_(std::move(parts)) {}
  Tokens tokenize(std::string_view text, size_t max_length) const;
  void append_text(const Tokens& tokens, TokenRange range, const TemplatePiece& piece,
                   Encoding& encoding) const;

  TokenizerParts parts_;
};

}  // namespace glassformer
