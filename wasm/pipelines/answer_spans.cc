#include "pipelines/answer_spans.h"

#include <algorithm>
#include <functional>

#include "decoding/probabilities.h"

namespace glassformer {

namespace {

/// "[CLS]", "<s>": what reads as "no answer" when start and end point to it.
bool begins_with_special(const Encoding& window) { return window.special.front() != 0; }

bool is_context(const Encoding& window, size_t token) { return window.sequence_ids[token] == 1; }

/// Softmax of one column over the allowed tokens.
std::vector<float> distribution(ConstMatrix logits, size_t column,
                                const std::vector<size_t>& allowed) {
  std::vector<float> chosen;
  for (const size_t token : allowed) chosen.push_back(logits.at(token, column));
  logits_to_distribution(chosen);
  std::vector<float> all(logits.rows, 0.0F);
  for (size_t i = 0; i < allowed.size(); ++i) all[allowed[i]] = chosen[i];
  return all;
}

}  // namespace

SpanProbabilities span_probabilities(ConstMatrix logits, const Encoding& window) {
  std::vector<size_t> allowed;
  for (size_t token = 0; token < window.size(); ++token) {
    const bool no_answer = token == 0 && begins_with_special(window);
    if (no_answer || is_context(window, token)) allowed.push_back(token);
  }
  SpanProbabilities result{distribution(logits, 0, allowed), distribution(logits, 1, allowed)};
  if (begins_with_special(window)) result.no_answer = result.start.front() * result.end.front();
  return result;
}

std::vector<TokenSpan> best_spans(const SpanProbabilities& probabilities, const Encoding& window,
                                  size_t count, size_t max_tokens) {
  std::vector<TokenSpan> spans;
  for (size_t first = 0; first < window.size(); ++first) {
    if (!is_context(window, first)) continue;
    const size_t limit = std::min(window.size() - first, max_tokens);
    for (size_t last = first; last < first + limit && is_context(window, last); ++last) {
      spans.push_back({first, last, probabilities.start[first] * probabilities.end[last]});
    }
  }
  const auto better = [](const TokenSpan& a, const TokenSpan& b) { return a.score > b.score; };
  const size_t kept = std::min(count, spans.size());
  std::ranges::partial_sort(spans, spans.begin() + static_cast<std::ptrdiff_t>(kept), better);
  spans.resize(kept);
  return spans;
}

}  // namespace glassformer
