#include "decoding/search.h"

#include <algorithm>
#include <cmath>

#include "decoding/top_scores.h"

namespace glassformer {

std::vector<Candidate> likeliest(std::span<const float> log_probs, size_t count) {
  std::vector<Candidate> candidates;
  if (count == 0) return candidates;
  TopScores top(count);
  top.offer(log_probs, 0, 0.0F);
  for (const auto& entry : top.entries()) {
    if (std::isinf(entry.score)) break;  // what may not be said is no candidate
    candidates.push_back({static_cast<int32_t>(entry.token), std::exp(entry.score)});
  }
  return candidates;
}

bool is_finished(const GenerationOptions& options, const LengthLimits& limits,
                 std::span<const int32_t> ids) {
  return ids.size() >= limits.max || std::ranges::count(options.eos_token_id, ids.back()) > 0 ||
         (options.stops && options.stops(ids.subspan(limits.prompt)));
}

}  // namespace glassformer
