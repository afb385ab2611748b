// Beam search, token for token as transformers' generate() (its GenerationMixin._beam_search): the
// num_beams best beginnings go on, and a sequence that ends among them is kept with its score
// divided by its length to the power of length_penalty.
#include <algorithm>
#include <cmath>
#include <functional>

#include "decoding/logits_processors.h"
#include "decoding/search.h"
#include "decoding/top_scores.h"
#include "kernels/elementwise.h"

namespace glassformer {

namespace {

/// The score of what must not be chosen. Finite, and added to scores in f32, as the reference does.
constexpr float kOut = -1.0e9F;

class BeamSearch final : public Search {
 public:
  explicit BeamSearch(SearchStart start)
      : options_(start.options),
        limits_(start.limits),
        length_(start.prompt.size()),
        finished_(options_.num_beams) {
    // One prompt serves all beams: they part with the first token, which the first beam chooses.
    running_.push_back({std::move(start.prompt), 0});
    beam_scores_.assign(options_.num_beams, kOut);
    beam_scores_[0] = 0;
  }

  const std::vector<Hypothesis>& running() const override { return running_; }

  SearchStep advance(Matrix logits) override {
    SearchStep step;
    for (size_t i = 0; i < logits.rows; ++i) {
      score(running_[i], logits.row(i));
      step.candidates.push_back(likeliest(logits.row(i), options_.output_candidates));
    }
    const std::vector<Choice> continuations = continue_beams(logits);
    ++length_;
    std::vector<Choice> finished = keep_finished(continuations);
    step.choices = go_on(continuations);
    if (is_over(continuations)) {
      running_.clear();
      step.choices.clear();
    }
    std::ranges::move(finished, std::back_inserter(step.choices));
    return step;
  }

  std::vector<Hypothesis> results() const override {
    std::vector<Hypothesis> results;
    for (size_t i = 0; i < options_.num_return_sequences; ++i) {
      if (finished_[i].is_set) results.push_back(finished_[i].hypothesis);
    }
    return results;
  }

 private:
  struct Finished {
    Hypothesis hypothesis{{}, kOut};
    bool is_set = false;
  };

  /// From logits to log-probabilities, processed, in place.
  void score(const Hypothesis& beam, std::span<float> logits) const {
    log_softmax(logits);
    process_scores(options_, {beam.ids, limits_}, logits);
    if (options_.renormalize_logits) log_softmax(logits);
  }

  /// The best continuations of all beams: so many that num_beams of them go on.
  std::vector<Choice> continue_beams(ConstMatrix log_probs) const {
    const size_t n_ends = std::max<size_t>(1, options_.eos_token_id.size());
    TopScores top((1 + n_ends) * options_.num_beams);
    for (size_t beam = 0; beam < options_.num_beams; ++beam) {
      const size_t row = std::min(beam, log_probs.rows - 1);
      top.offer(log_probs.row(row), row, beam_scores_[beam]);
    }
    std::vector<Choice> continuations;
    for (const auto& entry : top.entries()) {
      const auto token = static_cast<int32_t>(entry.token);
      Hypothesis next{running_[entry.row].ids, entry.score};
      next.ids.push_back(token);
      const bool finished = is_finished(options_, limits_, next.ids);
      const float log_probability = log_probs.at(entry.row, entry.token);
      continuations.push_back({entry.row, token, log_probability, std::move(next), finished});
    }
    return continuations;
  }

  float penalised(float score, size_t n_generated) const {
    return score / static_cast<float>(std::pow(n_generated, options_.length_penalty));
  }

  /// Of the num_beams best continuations, those that end join the finished ones; the best
  /// num_beams of these stay.
  std::vector<Choice> keep_finished(const std::vector<Choice>& continuations) {
    std::vector<Choice> finished;
    for (const Choice& continuation : std::span(continuations).first(options_.num_beams)) {
      if (!continuation.is_finished) continue;
      Choice& choice = finished.emplace_back(continuation);
      choice.hypothesis.score = penalised(choice.hypothesis.score, length_ - limits_.prompt);
      finished_.push_back({choice.hypothesis, true});
    }
    std::ranges::stable_sort(finished_, std::greater(),
                             [](const Finished& entry) { return entry.hypothesis.score; });
    finished_.resize(options_.num_beams);
    return finished;
  }

  /// The best num_beams continuations that do not end are the beams of the next step.
  std::vector<Choice> go_on(const std::vector<Choice>& continuations) {
    std::vector<Choice> next = continuations;
    for (Choice& choice : next) {
      if (choice.is_finished) choice.hypothesis.score += kOut;
      choice.is_finished = false;
    }
    std::ranges::stable_sort(next, std::greater(),
                             [](const Choice& choice) { return choice.hypothesis.score; });
    next.resize(options_.num_beams);
    running_.clear();
    for (size_t i = 0; i < next.size(); ++i) {
      beam_scores_[i] = next[i].hypothesis.score;
      running_.push_back(next[i].hypothesis);
    }
    return next;
  }

  bool is_full() const {
    return std::ranges::all_of(finished_, [](const Finished& entry) { return entry.is_set; });
  }

  /// Whether the best beam could still become better than the worst finished sequence.
  bool can_improve() const {
    const bool at_any_length =
        options_.early_stopping == EarlyStopping::kNever && options_.length_penalty > 0;
    const size_t length = at_any_length ? limits_.max : length_;
    const float best_possible = penalised(beam_scores_[0], length - limits_.prompt);
    const float worst = is_full() ? finished_.back().hypothesis.score : kOut;
    return best_possible > worst;
  }

  bool is_over(const std::vector<Choice>& continuations) const {
    const bool none_goes_on = std::ranges::all_of(continuations, &Choice::is_finished);
    return !can_improve() || none_goes_on ||
           (is_full() && options_.early_stopping == EarlyStopping::kWhenFull);
  }

  const GenerationOptions& options_;
  LengthLimits limits_;
  size_t length_;  // of the running sequences
  std::vector<Hypothesis> running_;
  std::vector<float> beam_scores_;  // of all num_beams, also while they share one prompt
  std::vector<Finished> finished_;  // num_beams, best first
};

}  // namespace

std::unique_ptr<Search> make_beam_search(SearchStart start) {
  return std::make_unique<BeamSearch>(std::move(start));
}

}  // namespace glassformer
