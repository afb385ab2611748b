// The unigram language model (Kudo 2018): of all ways to cut a text into tokens, the one whose
// scores (log probabilities) add up to the most, found by Viterbi's algorithm.
#pragma once

#include <string>
#include <string_view>

#include "text/token_model.h"

namespace glassformer {

/// A token and its score; its id is its place in the list.
struct ScoredToken {
  std::string token;
  double score = 0;
};

struct UnigramOptions {
  int32_t unk_id = 0;
  bool byte_fallback = false;  // the bytes of what is unknown, where the vocabulary has them
};

class Unigram : public TokenModel {
 public:
  /// Fails if the unknown token is not in the list; `source` names the file in the error.
  static Result<Unigram> create(const std::vector<ScoredToken>& tokens,
                                const UnigramOptions& options, std::string_view source);

  void tokenize(std::span<const CodePoint> piece, std::vector<ModelToken>& tokens) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  /// The best way to the end of a token, which starts at `begin`.
  struct Step {
    double score = 0;
    uint32_t begin = 0;
    int32_t id = kNoStep;
  };
  static constexpr int32_t kNoStep = -1;

  Unigram() = default;
  std::vector<Step> find_best_path(std::span<const CodePoint> piece) const;
  void add_token(std::span<const CodePoint> piece, uint32_t begin, uint32_t end,
                 std::vector<ModelToken>& tokens) const;

  Vocabulary vocabulary_;
  std::vector<double> scores_;  // by id
  double unk_score_ = 0;
  int32_t unk_id_ = 0;
  bool byte_fallback_ = false;
};

Result<std::unique_ptr<TokenModel>> read_unigram(const JsonValue& value);

}  // namespace glassformer
