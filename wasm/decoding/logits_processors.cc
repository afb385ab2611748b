#include "decoding/logits_processors.h"

#include <algorithm>
#include <limits>

namespace glassformer {

namespace {

constexpr float kForbidden = -std::numeric_limits<float>::infinity();

void forbid(std::span<const int32_t> tokens, std::span<float> scores) {
  for (const int32_t token : tokens) scores[static_cast<size_t>(token)] = kForbidden;
}

void force(std::span<const int32_t> tokens, std::span<float> scores) {
  std::ranges::fill(scores, kForbidden);
  for (const int32_t token : tokens) scores[static_cast<size_t>(token)] = 0.0F;
}

/// Tokens that were said become less likely (Keskar et al. 2019), each once.
void repetition_penalty(const GenerationOptions& options, const ProcessedSequence& sequence,
                        std::span<float> scores) {
  if (options.repetition_penalty == 1.0F) return;
  TokenSequence said(sequence.ids.begin(), sequence.ids.end());
  std::ranges::sort(said);
  said.erase(std::ranges::unique(said).begin(), said.end());
  for (const int32_t token : said) {
    float& score = scores[static_cast<size_t>(token)];
    score = score < 0 ? score * options.repetition_penalty : score / options.repetition_penalty;
  }
}

/// No n tokens come twice in the same order.
void no_repeat_ngrams(const GenerationOptions& options, const ProcessedSequence& sequence,
                      std::span<float> scores) {
  const size_t n = options.no_repeat_ngram_size;
  const auto ids = sequence.ids;
  if (n == 0 || ids.size() + 1 < n) return;
  const auto last = ids.last(n - 1);
  for (size_t i = 0; i + n <= ids.size(); ++i) {
    if (std::ranges::equal(ids.subspan(i, n - 1), last)) forbid(ids.subspan(i + n - 1, 1), scores);
  }
}

/// A sequence may not be completed; one that would end all text is allowed all the same.
void bad_words(const GenerationOptions& options, const ProcessedSequence& sequence,
               std::span<float> scores) {
  const auto ids = sequence.ids;
  for (const TokenSequence& word : options.bad_words_ids) {
    const size_t n_before = word.size() - 1;
    const bool is_eos = n_before == 0 && std::ranges::count(options.eos_token_id, word[0]) > 0;
    if (is_eos || (n_before > 0 && word.size() > ids.size())) continue;
    if (std::ranges::equal(ids.last(n_before), std::span(word).first(n_before))) {
      forbid(std::span(word).last(1), scores);
    }
  }
}

void min_length(const GenerationOptions& options, const ProcessedSequence& sequence,
                std::span<float> scores) {
  if (sequence.ids.size() < sequence.limits.min) forbid(options.eos_token_id, scores);
}

void forced_tokens(const GenerationOptions& options, const ProcessedSequence& sequence,
                   std::span<float> scores) {
  if (options.forced_bos_token_id && sequence.ids.size() == 1) {
    force(std::span(&*options.forced_bos_token_id, 1), scores);
  }
  if (!options.forced_eos_token_id.empty() && sequence.ids.size() + 1 == sequence.limits.max) {
    force(options.forced_eos_token_id, scores);
  }
}

void suppressed_tokens(const GenerationOptions& options, const ProcessedSequence& sequence,
                       std::span<float> scores) {
  forbid(options.suppress_tokens, scores);
  const bool forced_first = sequence.limits.prompt == 1 && options.forced_bos_token_id.has_value();
  const size_t begin = sequence.limits.prompt + (forced_first ? 1 : 0);
  if (sequence.ids.size() == begin) forbid(options.begin_suppress_tokens, scores);
}

using Processor = void (*)(const GenerationOptions&, const ProcessedSequence&, std::span<float>);

constexpr Processor kProcessors[] = {
    repetition_penalty, no_repeat_ngrams, bad_words, min_length, forced_tokens, suppressed_tokens,
};

}  // namespace

void process_scores(const GenerationOptions& options, const ProcessedSequence& sequence,
                    std::span<float> scores) {
  for (const Processor process : kProcessors) process(options, sequence, scores);
}

}  // namespace glassformer
