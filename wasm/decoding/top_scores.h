// The best of many scores, without sorting them all.
#pragma once

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace glassformer {

/// Keeps the `capacity` best of what is offered, best first; of equals the one offered first.
class TopScores {
 public:
  struct Entry {
    float score;
    size_t row;
    size_t token;
  };

  explicit TopScores(size_t capacity) : capacity_(capacity) { entries_.reserve(capacity + 1); }

  /// Offers every score of a row, each with `offset` added.
  void offer(std::span<const float> scores, size_t row, float offset) {
    for (size_t token = 0; token < scores.size(); ++token) {
      const float score = scores[token] + offset;
      const bool full = entries_.size() == capacity_;
      if (full && !(score > entries_.back().score)) continue;
      insert({score, row, token});
      if (full) entries_.pop_back();
    }
  }

  const std::vector<Entry>& entries() const { return entries_; }

 private:
  void insert(const Entry& entry) {
    const auto place = std::ranges::upper_bound(entries_, entry.score, std::greater(),
                                                [](const Entry& e) { return e.score; });
    entries_.insert(place, entry);
  }

  size_t capacity_;
  std::vector<Entry> entries_;
};

}  // namespace glassformer
