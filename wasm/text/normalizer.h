// Normalisers rewrite text before it is cut up: case, accents, white space. A normaliser keeps
// every code point aligned with the original, as the reference implementation does.
#pragma once

#include <memory>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "text/aligned_text.h"

namespace glassformer {

class Normalizer {
 public:
  virtual ~Normalizer() = default;
  virtual void normalize(AlignedText& text) const = 0;
};

/// One after another.
std::unique_ptr<Normalizer> make_normalizer_sequence(
    std::vector<std::unique_ptr<Normalizer>> steps);

/// The "normalizer" of a tokenizer.json.
Result<std::unique_ptr<Normalizer>> read_normalizer(const JsonValue& value);

// What normalisers are made of.

void lowercase_text(AlignedText& text);

/// Removes every code point for which `removes(c)` is true.
template <class Predicate>
void remove_points(AlignedText& text, Predicate removes) {
  std::erase_if(text, [&](const CodePoint& point) { return removes(point.value); });
}

}  // namespace glassformer
