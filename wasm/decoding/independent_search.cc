// Greedy search and sampling: as many sequences as are asked for, each going its own way.
#include <algorithm>

#include "decoding/logits_processors.h"
#include "decoding/sampling.h"
#include "decoding/search.h"
#include "kernels/elementwise.h"

namespace glassformer {

namespace {

class IndependentSearch final : public Search {
 public:
  explicit IndependentSearch(SearchStart start)
      : options_(start.options), limits_(start.limits), finished_(options_.num_return_sequences) {
    // One prompt serves all rows: they part with the first token.
    running_.push_back({std::move(start.prompt), 0});
    for (size_t row = 0; row < finished_.size(); ++row) {
      rows_.push_back({row, RandomStream(options_.seed, start.index * finished_.size() + row)});
    }
  }

  const std::vector<Hypothesis>& running() const override { return running_; }

  SearchStep advance(Matrix logits) override {
    SearchStep step;
    for (size_t i = 0; i < logits.rows; ++i) {
      score(running_[i], logits.row(i));
      step.candidates.push_back(likeliest(logits.row(i), options_.output_candidates));
    }
    std::vector<Row> rows;
    std::vector<Hypothesis> running;
    std::vector<Choice> finished;
    for (size_t i = 0; i < rows_.size(); ++i) {
      Choice choice = choose(rows_[i], std::min(i, logits.rows - 1), logits);
      if (choice.is_finished) {
        finished_[rows_[i].index] = choice.hypothesis;
        finished.push_back(std::move(choice));
      } else {
        rows.push_back(rows_[i]);
        running.push_back(choice.hypothesis);
        step.choices.push_back(std::move(choice));
      }
    }
    std::ranges::move(finished, std::back_inserter(step.choices));
    rows_ = std::move(rows);
    running_ = std::move(running);
    ++n_steps_;
    return step;
  }

  std::vector<Hypothesis> results() const override { return finished_; }

 private:
  /// A sequence that is asked for, and its random numbers.
  struct Row {
    size_t index;
    RandomStream random;
  };

  /// From logits to the log-probabilities that are chosen from, in place.
  void score(const Hypothesis& hypothesis, std::span<float> logits) const {
    process_scores(options_, {hypothesis.ids, limits_}, logits);
    if (options_.do_sample) warp_scores(options_, logits);
    log_softmax(logits);
  }

  Choice choose(Row& row, size_t parent, ConstMatrix log_probs) {
    const auto scores = log_probs.row(parent);
    const int32_t token =
        options_.do_sample
            ? draw_token(scores, random_number(row))
            : static_cast<int32_t>(std::ranges::max_element(scores) - scores.begin());
    const float log_probability = scores[static_cast<size_t>(token)];
    Hypothesis next = running_[parent];
    next.ids.push_back(token);
    next.score += log_probability;
    const bool finished = is_finished(options_, limits_, next.ids);
    return {parent, token, log_probability, std::move(next), finished};
  }

  double random_number(Row& row) const {
    const auto& fixed = options_.fixed_random_numbers;
    if (fixed.empty()) return row.random.next();
    return fixed[(n_steps_ * finished_.size() + row.index) % fixed.size()];
  }

  const GenerationOptions& options_;
  LengthLimits limits_;
  std::vector<Hypothesis> finished_;  // by row
  std::vector<Row> rows_;
  std::vector<Hypothesis> running_;
  size_t n_steps_ = 0;
};

}  // namespace

std::unique_ptr<Search> make_independent_search(SearchStart start) {
  return std::make_unique<IndependentSearch>(std::move(start));
}

}  // namespace glassformer
