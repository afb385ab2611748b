#include "decoding/sampling.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace glassformer {

namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

/// Keeps the k best, and what equals the last of them.
void keep_top_k(size_t k, std::span<float> scores) {
  if (k == 0 || k >= scores.size()) return;
  std::vector<float> sorted(scores.begin(), scores.end());
  const auto kth = sorted.begin() + static_cast<ptrdiff_t>(k - 1);
  std::ranges::nth_element(sorted, kth, std::greater());
  for (float& score : scores) {
    if (score < *kth) score = kForbidden;
  }
}

/// Keeps the fewest tokens whose probabilities sum to more than p: nucleus sampling (Holtzman et
/// al. 2020).
void keep_top_p(float p, std::span<float> scores) {
  if (p >= 1.0F) return;
  std::vector<size_t> order;
  for (size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] != kForbidden) order.push_back(i);
  }
  std::ranges::stable_sort(order, [&](size_t a, size_t b) { return scores[a] < scores[b]; });
  const float best = scores[order.back()];
  double total = 0;
  for (const float score : scores) total += std::exp(score - best);
  double sum = 0;  // from the least likely on
  for (const size_t i : std::span(order).first(order.size() - 1)) {
    sum += std::exp(scores[i] - best) / total;
    if (sum > 1.0 - p) break;
    scores[i] = kForbidden;
  }
}

}  // namespace

RandomStream::RandomStream(uint64_t seed, uint64_t stream) : state_(seed) {
  // The stream is mixed in by the generator itself, so that neighbours have nothing in common.
  state_ = next_bits() ^ stream;
  state_ = next_bits();
}

uint64_t RandomStream::next_bits() {
  state_ += 0x9E3779B97F4A7C15U;
  uint64_t z = state_;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

double RandomStream::next() {
  constexpr double kUnit = 1.0 / 9007199254740992.0;  // 2^-53
  return static_cast<double>(next_bits() >> 11U) * kUnit;
}

void warp_scores(const GenerationOptions& options, std::span<float> scores) {
  if (options.temperature != 1.0F) {
    for (float& score : scores) score /= options.temperature;
  }
  keep_top_k(options.top_k, scores);
  keep_top_p(options.top_p, scores);
}

int32_t draw_token(std::span<const float> log_probs, double random_number) {
  double total = 0;
  for (const float log_prob : log_probs) total += std::exp(static_cast<double>(log_prob));
  double sum = 0;
  size_t last = 0;  // with any probability: rounding may leave the sum below the total
  for (size_t i = 0; i < log_probs.size(); ++i) {
    if (log_probs[i] == kForbidden) continue;
    last = i;
    sum += std::exp(static_cast<double>(log_probs[i]));
    if (sum > random_number * total) break;
  }
  return static_cast<int32_t>(last);
}

}  // namespace glassformer
