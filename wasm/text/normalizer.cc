#include "text/normalizer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "text/bert_normalizer.h"
#include "text/registry.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

/// A code point of a decomposition. The first one of each takes the place of an original; others
/// are `inserted`.
struct DecomposedPoint {
  char32_t value;
  uint32_t position;
  uint8_t combining_class;
  bool inserted;
};

std::vector<DecomposedPoint> decompose_points(const AlignedText& text) {
  std::vector<DecomposedPoint> points;
  points.reserve(text.size());
  for (const CodePoint& original : text) {
    const Decomposition full = decompose(original.value);
    for (int i = 0; i < full.size; ++i) {
      const auto position = static_cast<uint32_t>(points.size());
      points.push_back({full.points[i], position, combining_class(full.points[i]), i > 0});
    }
  }
  return points;
}

/// Canonical ordering: each run of marks (class above 0) is sorted by class, equal ones staying in
/// order.
void order_marks(std::vector<DecomposedPoint>& points) {
  const auto is_mark = [](const DecomposedPoint& p) { return p.combining_class > 0; };
  const auto comes_before = [](const DecomposedPoint& a, const DecomposedPoint& b) {
    if (a.combining_class != b.combining_class) return a.combining_class < b.combining_class;
    return a.position < b.position;
  };
  for (auto run = points.begin(); run != points.end();) {
    run = std::find_if(run, points.end(), is_mark);
    const auto end = std::find_if_not(run, points.end(), is_mark);
    if (end - run > 1) std::sort(run, end, comes_before);
    run = end;
  }
}

class Lowercaser : public Normalizer {
 public:
  void normalize(AlignedText& text) const override { lowercase_text(text); }
};

class Decomposer : public Normalizer {
 public:
  void normalize(AlignedText& text) const override { decompose_text(text); }
};

class AccentStripper : public Normalizer {
 public:
  void normalize(AlignedText& text) const override {
    remove_points(text, [](char32_t c) { return unicode_flags(c) & kMark; });
  }
};

class NormalizerSequence : public Normalizer {
 public:
  explicit NormalizerSequence(std::vector<std::unique_ptr<Normalizer>> steps)
      : steps_(std::move(steps)) {}
  void normalize(AlignedText& text) const override {
    for (const auto& step : steps_) step->normalize(text);
  }

 private:
  std::vector<std::unique_ptr<Normalizer>> steps_;
};

using NormalizerResult = Result<std::unique_ptr<Normalizer>>;

template <class Kind>
NormalizerResult make_normalizer(const JsonValue&) {
  return std::unique_ptr<Normalizer>(std::make_unique<Kind>());
}

NormalizerResult read_sequence(const JsonValue& value) {
  GF_ASSIGN(const JsonValue list, value.at("normalizers"));
  if (!list.is_array()) return list.mismatch("normalizers", "an array");
  std::vector<std::unique_ptr<Normalizer>> steps;
  for (size_t i = 0; i < list.size(); ++i) {
    GF_ASSIGN(auto step, read_normalizer(list[i]));
    steps.push_back(std::move(step));
  }
  return std::unique_ptr<Normalizer>(std::make_unique<NormalizerSequence>(std::move(steps)));
}

constexpr PartReader<std::unique_ptr<Normalizer>> kNormalizers[] = {
    {"BertNormalizer", read_bert_normalizer},
    {"Lowercase", make_normalizer<Lowercaser>},
    {"NFD", make_normalizer<Decomposer>},
    {"Sequence", read_sequence},
    {"StripAccents", make_normalizer<AccentStripper>},
};

}  // namespace

NormalizerResult read_normalizer(const JsonValue& value) {
  return read_part<std::unique_ptr<Normalizer>>(value, "normalizer", kNormalizers);
}

void decompose_text(AlignedText& text) {
  std::vector<DecomposedPoint> points = decompose_points(text);
  order_marks(points);
  AlignedText decomposed;
  decomposed.reserve(points.size());
  size_t taken = 0;  // originals whose place has been taken
  for (const DecomposedPoint& point : points) {
    if (!point.inserted) ++taken;
    const CodePoint& original = text[taken == 0 ? 0 : taken - 1];
    decomposed.push_back({point.value, original.utf16_start, original.utf16_end});
  }
  text = std::move(decomposed);
}

void lowercase_text(AlignedText& text) {
  AlignedText lowered;
  lowered.reserve(text.size());
  for (const CodePoint& original : text) {
    const Lowercase lower = to_lowercase(original.value);
    lowered.push_back({lower.first, original.utf16_start, original.utf16_end});
    if (lower.second != 0)
      lowered.push_back({lower.second, original.utf16_start, original.utf16_end});
  }
  text = std::move(lowered);
}

}  // namespace glassformer
