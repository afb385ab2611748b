#include "text/unicode_normalizer.h"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "text/rewrite.h"

namespace glassformer {

namespace {

using Points = std::vector<RewrittenPoint>;

bool is_mark(const RewrittenPoint& point) { return combining_class(point.value) > 0; }

/// A run of marks sorted by class, equal ones staying in order.
void sort_marks(std::span<RewrittenPoint> run) {
  std::vector<std::pair<uint8_t, size_t>> order;
  for (size_t i = 0; i < run.size(); ++i) order.emplace_back(combining_class(run[i].value), i);
  std::sort(order.begin(), order.end());
  const Points unsorted(run.begin(), run.end());
  for (size_t i = 0; i < run.size(); ++i) run[i] = unsorted[order[i].second];
}

/// Canonical ordering: each run of marks (class above 0) is sorted.
void order_marks(Points& points) {
  for (auto run = points.begin(); run != points.end();) {
    run = std::find_if(run, points.end(), is_mark);
    const auto end = std::find_if_not(run, points.end(), is_mark);
    if (end - run > 1) sort_marks({run, end});
    run = end;
  }
}

/// Decomposed and in canonical order. The first point of each decomposition takes the place of the
/// original; others are inserted.
Points decompose_points(const AlignedText& text, DecompositionKind kind) {
  Points points;
  points.reserve(text.size());
  for (const CodePoint& original : text) {
    const Decomposition full = decompose(original.value, kind);
    for (int i = 0; i < full.size; ++i) points.push_back({full.points[i], i > 0 ? 1 : 0});
  }
  order_marks(points);
  return points;
}

/// Canonical composition of decomposed text: a starter takes in the marks behind it that nothing
/// blocks, and then another starter right behind it.
class Composer {
 public:
  Points compose_points(const Points& points) {
    for (const RewrittenPoint& point : points) take(point);
    finish_starter();
    return std::move(composed_);
  }

 private:
  void take(const RewrittenPoint& point) {
    const uint8_t mark_class = combining_class(point.value);
    if (!starter_) {
      if (mark_class != 0) {
        composed_.push_back(point);
      } else {
        starter_ = point;
      }
      return;
    }
    const bool blocked = last_class_ && *last_class_ >= mark_class;
    if (!blocked && join_starter(point)) return;
    if (mark_class == 0) {
      finish_starter();
      starter_ = point;
    } else {
      marks_.push_back(point);
      last_class_ = mark_class;
    }
  }

  bool join_starter(const RewrittenPoint& point) {
    const char32_t both = compose(starter_->value, point.value);
    if (both == 0) return false;
    starter_ = RewrittenPoint{both, starter_->change + point.change - 1};
    return true;
  }

  void finish_starter() {
    if (starter_) composed_.push_back(*starter_);
    composed_.insert(composed_.end(), marks_.begin(), marks_.end());
    marks_.clear();
    starter_.reset();
    last_class_.reset();
  }

  std::optional<RewrittenPoint> starter_;
  Points marks_;  // behind the starter, not taken in
  std::optional<uint8_t> last_class_;
  Points composed_;
};

}  // namespace

void decompose_text(AlignedText& text, DecompositionKind kind) {
  text = rewrite(text, decompose_points(text, kind));
}

void compose_text(AlignedText& text, DecompositionKind kind) {
  text = rewrite(text, Composer().compose_points(decompose_points(text, kind)));
}

}  // namespace glassformer
