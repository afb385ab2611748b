// Byte-pair encoding (Sennrich et al. 2016): a word starts as characters, and neighbours are merged
// in the order in which the merges were learnt, the leftmost first.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/token_model.h"

namespace glassformer {

struct BpeOptions {
  std::optional<std::string> unk_token;   // without one, unknown characters vanish
  std::string continuing_subword_prefix;  // of characters that are not a word's first
  std::string end_of_word_suffix;         // of the last one
  bool fuse_unk = false;                  // unknown characters in a row are one token
  bool byte_fallback = false;             // their bytes ("<0xE4>") where the vocabulary has them
  bool ignore_merges = false;             // a word of the vocabulary is one token as it is
};

/// Two tokens that become one.
using Merge = std::pair<std::string, std::string>;

class Bpe : public TokenModel {
 public:
  /// Fails if a merge makes or takes what the vocabulary lacks; `source` names the file in the
  /// error.
  static Result<Bpe> create(Vocabulary vocabulary, const std::vector<Merge>& merges,
                            BpeOptions options, std::string_view source);

  void tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }
  bool keeps_blanks() const override { return true; }

 private:
  struct Rule {
    uint64_t pair;  // ids of left and right
    uint32_t rank;
    int32_t merged;
  };
  class Word;

  Bpe() = default;
  Result<Rule> make_rule(const Merge& merge, uint32_t rank, std::string_view source) const;
  const Rule* find_rule(int32_t left, int32_t right) const;
  void add_character(std::string_view character, bool is_first, bool is_last, Word& word) const;
  bool add_bytes(std::string_view bytes, Word& word) const;

  Vocabulary vocabulary_;
  std::vector<Rule> rules_;  // sorted by pair
  BpeOptions options_;
  std::optional<int32_t> unk_id_;
};

/// The lines of a merges.txt ("a b"); comments that begin with "#version" are skipped.
Result<std::vector<Merge>> read_merges(std::string_view text, std::string_view source);

Result<std::unique_ptr<TokenModel>> read_bpe(const JsonValue& value);

}  // namespace glassformer
