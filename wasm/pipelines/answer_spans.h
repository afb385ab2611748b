// Which stretch of a context answers: from a reader's logits to scored spans, as transformers'
// QuestionAnsweringPipeline scores them (after Chen et al. 2017, "Reading Wikipedia to Answer
// Open-Domain Questions").
#pragma once

#include <vector>

#include "core/matrix.h"
#include "text/encoding.h"

namespace glassformer {

/// Probabilities that the answer starts, and ends, at each token of a window: softmax over the
/// tokens of the context and, where the window begins with one, its first special token, which
/// stands for "no answer". 0 for all others.
struct SpanProbabilities {
  std::vector<float> start, end;  // [n_tokens]

  /// Of the first special token's two.
  float no_answer = 0;
};

/// `logits` [n_tokens, 2] of an encoding whose second text is the context.
SpanProbabilities span_probabilities(ConstMatrix logits, const Encoding& window);

/// Tokens first to last, both included.
struct TokenSpan {
  size_t first, last;
  float score;  // the product of its two probabilities
};

/// The `count` likeliest spans of at most `max_tokens` tokens of the context, best first.
std::vector<TokenSpan> best_spans(const SpanProbabilities& probabilities, const Encoding& window,
                                  size_t count, size_t max_tokens);

}  // namespace glassformer
