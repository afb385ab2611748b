// What a search over the next tokens of one text is, whatever its method: it holds the sequences
// under way, is given scores for the next token of each, and chooses.
#pragma once

#include <memory>
#include <vector>

#include "core/matrix.h"
#include "decoding/generation_options.h"

namespace glassformer {

struct Hypothesis {
  TokenSequence ids;  // with the prompt
  /// The sum of the log-probabilities of what was generated; once it is finished, with beams,
  /// divided by that many tokens to the power of length_penalty, as transformers'
  /// sequences_scores.
  float score = 0;
};

/// A token that a step added.
struct Choice {
  size_t parent = 0;  // which of the sequences before the step it continues
  int32_t token = 0;
  float log_probability = 0;
  Hypothesis hypothesis;
  bool is_finished = false;
};

struct Candidate {
  int32_t token = 0;
  float probability = 0;
};

struct SearchStep {
  /// Those that go on, in the order that running() has them now; then those that are finished.
  std::vector<Choice> choices;
  /// The likeliest next tokens of every sequence before the step, best first.
  std::vector<std::vector<Candidate>> candidates;
};

class Search {
 public:
  virtual ~Search() = default;

  /// The sequences that wait for their next token; empty once the search is over.
  virtual const std::vector<Hypothesis>& running() const = 0;

  /// Chooses, by the logits of the next token of each: [running().size(), vocab_size], overwritten.
  virtual SearchStep advance(Matrix logits) = 0;

  /// The finished sequences, at most num_return_sequences; with beams best first.
  virtual std::vector<Hypothesis> results() const = 0;
};

struct SearchStart {
  const GenerationOptions& options;  // outlives the search
  TokenSequence prompt;
  LengthLimits limits;
  size_t index = 0;  // of the text in its request: which random numbers it draws
};

/// Greedy search and sampling: every sequence for itself.
std::unique_ptr<Search> make_independent_search(SearchStart start);

/// Beam search as transformers' generate() has it.
std::unique_ptr<Search> make_beam_search(SearchStart start);

/// The `count` likeliest of log-probabilities [vocab_size].
std::vector<Candidate> likeliest(std::span<const float> log_probs, size_t count);

/// Whether a sequence ends with its last token.
bool is_finished(const GenerationOptions& options, const LengthLimits& limits,
                 std::span<const int32_t> ids);

}  // namespace glassformer
