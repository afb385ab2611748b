// How text is generated: the parameters of transformers' GenerationConfig that this engine knows,
// under their names there and with their defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace glassformer {

/// When beam search stops, with `early_stopping`:
enum class EarlyStopping {
  kHeuristic,  // false: when the best running beam could not do better at its present length
  kWhenFull,   // true: as soon as there are num_beams finished sequences
  kNever,      // "never": when it could not do better at any length
};

using TokenSequence = std::vector<int32_t>;

struct GenerationOptions {
  // Lengths in tokens. Those with "new" do not count the prompt and go before those without.
  std::optional<size_t> max_new_tokens;
  std::optional<size_t> max_length;
  std::optional<size_t> min_new_tokens;
  size_t min_length = 0;

  // The search.
  bool do_sample = false;
  size_t num_beams = 1;
  size_t num_return_sequences = 1;
  EarlyStopping early_stopping = EarlyStopping::kHeuristic;
  float length_penalty = 1.0F;

  // What sampling draws from.
  float temperature = 1.0F;
  size_t top_k = 50;  // 0: all
  float top_p = 1.0F;
  uint64_t seed = 0;
  /// For tests: the numbers that are drawn instead, in [0, 1): row r of a sentence takes
  /// number [step * num_return_sequences + r].
  std::vector<double> fixed_random_numbers;

  // What may be said.
  float repetition_penalty = 1.0F;
  size_t no_repeat_ngram_size = 0;  // 0: none
  std::vector<TokenSequence> bad_words_ids;
  TokenSequence suppress_tokens;
  TokenSequence begin_suppress_tokens;
  std::optional<int32_t> forced_bos_token_id;
  TokenSequence forced_eos_token_id;
  bool renormalize_logits = false;

  // Tokens that begin and end.
  std::optional<int32_t> bos_token_id;            // an empty prompt of a model without encoder
  TokenSequence eos_token_id;                     // any of them ends a sequence
  std::optional<int32_t> decoder_start_token_id;  // of an encoder-decoder

  /// Whether a sequence ends here, by the tokens that were generated; may be empty.
  std::function<bool(std::span<const int32_t>)> stops;
  /// How many of the likeliest next tokens each step reports.
  size_t output_candidates = 0;
};

/// max_length where neither the model nor the request says one: 20 new tokens.
inline constexpr size_t kDefaultNewTokens = 20;

/// The lengths of one sequence, its prompt included.
struct LengthLimits {
  size_t prompt = 0;
  size_t min = 0;
  size_t max = 0;
};

}  // namespace glassformer
