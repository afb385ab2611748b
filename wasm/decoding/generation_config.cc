#include "decoding/generation_config.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace glassformer {

namespace {

constexpr CountRange kAtLeastOne{.min = 1};

/// A whole number of 0 or more, below 2^31, as token ids are.
Result<int32_t> read_token(RequestOptions& options, std::string_view name, const JsonValue& value) {
  const auto id = value.integer(name);
  const bool fits = id.ok() && id.value() >= 0 && id.value() <= INT32_MAX;
  if (!fits) return options.invalid(name, "token ids");
  return static_cast<int32_t>(id.value());
}

/// One id, or an array of ids.
Result<TokenSequence> read_tokens(RequestOptions& options, std::string_view name,
                                  const JsonValue& value) {
  TokenSequence tokens;
  if (!value.is_array()) {
    GF_ASSIGN(tokens.emplace_back(), read_token(options, name, value));
    return tokens;
  }
  for (size_t i = 0; i < value.size(); ++i) {
    GF_ASSIGN(tokens.emplace_back(), read_token(options, name, value[i]));
  }
  return tokens;
}

Result<void> read_tokens(RequestOptions& options, std::string_view name, TokenSequence& tokens) {
  const auto value = options.find(name);
  if (!value) return {};
  GF_ASSIGN(tokens, read_tokens(options, name, *value));
  return {};
}

Result<void> read_token(RequestOptions& options, std::string_view name,
                        std::optional<int32_t>& token) {
  const auto value = options.find(name);
  if (!value) return {};
  GF_ASSIGN(token, read_token(options, name, *value));
  return {};
}

/// Arrays of ids, none of them empty.
Result<void> read_sequences(RequestOptions& options, std::string_view name,
                            std::vector<TokenSequence>& sequences) {
  const auto value = options.find(name);
  if (!value) return {};
  sequences.clear();
  for (size_t i = 0; i < value->size(); ++i) {
    const JsonValue entry = (*value)[i];
    if (!entry.is_array() || entry.size() == 0) break;
    GF_ASSIGN(sequences.emplace_back(), read_tokens(options, name, entry));
  }
  const bool complete = value->is_array() && sequences.size() == value->size();
  if (!complete) return options.invalid(name, "an array of arrays of token ids");
  return {};
}

Result<void> read_count(RequestOptions& options, std::string_view name,
                        std::optional<size_t>& count) {
  if (!options.find(name)) return {};
  GF_ASSIGN(count, options.count_or(name, 0, kAtLeastOne));
  return {};
}

Result<void> read_number(RequestOptions& options, std::string_view name, float& number,
                         NumberRange range = {}) {
  GF_ASSIGN(const double value, options.number_or(name, number, range));
  if (!std::isfinite(value)) return options.invalid(name, "a finite number");
  number = static_cast<float>(value);
  return {};
}

Result<void> read_early_stopping(RequestOptions& options, EarlyStopping& early_stopping) {
  constexpr std::string_view kName = "early_stopping";
  const auto value = options.find(kName);
  if (!value) return {};
  if (value->is_boolean()) {
    GF_ASSIGN(const bool when_full, value->boolean(kName));
    early_stopping = when_full ? EarlyStopping::kWhenFull : EarlyStopping::kHeuristic;
    return {};
  }
  const auto text = value->string(kName);
  if (!text.ok() || text.value() != "never") {
    return options.invalid(kName, "true, false or \"never\"");
  }
  early_stopping = EarlyStopping::kNever;
  return {};
}

Result<void> read_lengths(RequestOptions& options, GenerationOptions& out) {
  GF_TRY(read_count(options, "max_new_tokens", out.max_new_tokens));
  GF_TRY(read_count(options, "max_length", out.max_length));
  if (options.find("min_new_tokens")) {
    GF_ASSIGN(out.min_new_tokens, options.count_or("min_new_tokens", 0));
  }
  GF_ASSIGN(out.min_length, options.count_or("min_length", out.min_length));
  return {};
}

Result<void> read_search(RequestOptions& options, GenerationOptions& out) {
  GF_ASSIGN(out.do_sample, options.flag_or("do_sample", out.do_sample));
  GF_ASSIGN(out.num_beams, options.count_or("num_beams", out.num_beams, kAtLeastOne));
  GF_ASSIGN(out.num_return_sequences,
            options.count_or("num_return_sequences", out.num_return_sequences, kAtLeastOne));
  GF_TRY(read_number(options, "length_penalty", out.length_penalty));
  return read_early_stopping(options, out.early_stopping);
}

Result<void> read_sampling(RequestOptions& options, GenerationOptions& out) {
  GF_TRY(read_number(options, "temperature", out.temperature, {.min = 0}));
  GF_ASSIGN(out.top_k, options.count_or("top_k", out.top_k));
  GF_TRY(read_number(options, "top_p", out.top_p, {.min = 0, .max = 1}));
  return {};
}

Result<void> read_processors(RequestOptions& options, GenerationOptions& out) {
  GF_TRY(read_number(options, "repetition_penalty", out.repetition_penalty, {.min = 0}));
  if (out.repetition_penalty == 0) {
    return options.invalid("repetition_penalty", "a number above 0");
  }
  GF_ASSIGN(out.no_repeat_ngram_size,
            options.count_or("no_repeat_ngram_size", out.no_repeat_ngram_size));
  GF_TRY(read_sequences(options, "bad_words_ids", out.bad_words_ids));
  GF_TRY(read_tokens(options, "suppress_tokens", out.suppress_tokens));
  GF_TRY(read_tokens(options, "begin_suppress_tokens", out.begin_suppress_tokens));
  GF_TRY(read_token(options, "forced_bos_token_id", out.forced_bos_token_id));
  GF_TRY(read_tokens(options, "forced_eos_token_id", out.forced_eos_token_id));
  GF_ASSIGN(out.renormalize_logits, options.flag_or("renormalize_logits", out.renormalize_logits));
  return read_tokens(options, "eos_token_id", out.eos_token_id);
}

Result<void> read_options(RequestOptions& options, GenerationOptions& out) {
  GF_TRY(read_lengths(options, out));
  GF_TRY(read_search(options, out));
  GF_TRY(read_sampling(options, out));
  GF_TRY(read_processors(options, out));
  return read_token(options, "decoder_start_token_id", out.decoder_start_token_id);
}

/// Parameters of transformers that this engine does not have, with the value that has no effect.
struct Neutral {
  std::string_view name;
  double value;
};
constexpr Neutral kUnknownParameters[] = {
    {"num_beam_groups", 1},
    {"diversity_penalty", 0},
    {"penalty_alpha", 0},
    {"encoder_repetition_penalty", 1},
    {"typical_p", 1},
    {"encoder_no_repeat_ngram_size", 0},
    {"min_p", 0},
    {"epsilon_cutoff", 0},
    {"eta_cutoff", 0},
    {"guidance_scale", 1},
    {"sequence_bias", NAN},
    {"exponential_decay_length_penalty", NAN},
    {"forced_decoder_ids", NAN},
    {"force_words_ids", NAN},
};

Result<void> refuse_unknown_parameters(RequestOptions& config) {
  for (const Neutral& parameter : kUnknownParameters) {
    const auto value = config.find(parameter.name);
    if (!value) continue;
    const auto number = value->number(parameter.name);
    if (number.ok() && number.value() == parameter.value) continue;
    return fail(ErrorCode::kUnsupported, config.where(), ": '", parameter.name,
                "' is not supported, got ", value->text());
  }
  return {};
}

Result<GenerationOptions> read_config_options(RequestOptions& config) {
  GenerationOptions options;
  GF_TRY(refuse_unknown_parameters(config));
  GF_TRY(read_options(config, options));
  GF_TRY(read_token(config, "bos_token_id", options.bos_token_id));
  if (!options.decoder_start_token_id) options.decoder_start_token_id = options.bos_token_id;
  return options;
}

/// What was asked for and would have no effect.
Result<void> refuse_idle_options(RequestOptions& request, const GenerationOptions& options) {
  const GenerationOptions neutral;
  if (!options.do_sample) {
    constexpr std::string_view kNeeds = "this value with do_sample alone, which is false";
    if (request.find("temperature") && options.temperature != neutral.temperature) {
      return request.invalid("temperature", kNeeds);
    }
    if (request.find("top_p") && options.top_p != neutral.top_p) {
      return request.invalid("top_p", kNeeds);
    }
  }
  if (options.num_beams == 1) {
    constexpr std::string_view kNeeds = "this value with num_beams of 2 or more alone";
    if (request.find("length_penalty") && options.length_penalty != neutral.length_penalty) {
      return request.invalid("length_penalty", kNeeds);
    }
    if (request.find("early_stopping") && options.early_stopping != neutral.early_stopping) {
      return request.invalid("early_stopping", kNeeds);
    }
  }
  return {};
}

Result<void> check_tokens(std::span<const int32_t> tokens, size_t vocab_size,
                          std::string_view where, std::string_view name) {
  for (const int32_t token : tokens) {
    if (static_cast<size_t>(token) < vocab_size) continue;
    return fail(ErrorCode::kInvalidArgument, where, ": ", name, ": expected token ids below ",
                vocab_size, ", got ", token);
  }
  return {};
}

Result<void> check_token_ids(const GenerationOptions& options, size_t vocab_size,
                             std::string_view where) {
  const auto one = [](const std::optional<int32_t>& token) {
    return token ? std::span(&*token, 1) : std::span<const int32_t>();
  };
  for (const TokenSequence& word : options.bad_words_ids) {
    GF_TRY(check_tokens(word, vocab_size, where, "bad_words_ids"));
  }
  GF_TRY(check_tokens(options.suppress_tokens, vocab_size, where, "suppress_tokens"));
  GF_TRY(check_tokens(options.begin_suppress_tokens, vocab_size, where, "begin_suppress_tokens"));
  GF_TRY(check_tokens(one(options.forced_bos_token_id), vocab_size, where, "forced_bos_token_id"));
  GF_TRY(check_tokens(options.forced_eos_token_id, vocab_size, where, "forced_eos_token_id"));
  GF_TRY(check_tokens(options.eos_token_id, vocab_size, where, "eos_token_id"));
  return check_tokens(one(options.decoder_start_token_id), vocab_size, where,
                      "decoder_start_token_id");
}

/// Models that do not sample may have anything here.
Result<void> check_sampling(const GenerationOptions& options, std::string_view where) {
  if (!options.do_sample) return {};
  if (options.num_beams > 1) {
    return fail(ErrorCode::kUnsupported, where,
                ": do_sample with num_beams of 2 or more is not supported");
  }
  const std::string_view zero = options.temperature == 0 ? "temperature"
                                : options.top_p == 0     ? "top_p"
                                                         : "";
  if (zero.empty()) return {};
  return fail(ErrorCode::kInvalidArgument, where, ": ", zero,
              ": expected a number above 0 with do_sample, got 0");
}

Result<void> check_counts(const GenerationOptions& options, std::string_view where) {
  const size_t most = options.do_sample ? options.num_return_sequences : options.num_beams;
  if (options.num_return_sequences > most) {
    return fail(ErrorCode::kInvalidArgument, where, ": num_return_sequences: expected at most ",
                most, ", which is num_beams, got ", options.num_return_sequences);
  }
  if (options.min_new_tokens && options.max_new_tokens &&
      *options.min_new_tokens > *options.max_new_tokens) {
    return fail(ErrorCode::kInvalidArgument, where, ": min_new_tokens: expected at most ",
                *options.max_new_tokens, ", which is max_new_tokens, got ",
                *options.min_new_tokens);
  }
  return {};
}

}  // namespace

Result<GenerationOptions> read_generation_config(std::string_view json, std::string file) {
  GF_ASSIGN(RequestOptions config, RequestOptions::parse(json, std::move(file)));
  auto options = read_config_options(config);
  if (options.ok() || options.error().code() != ErrorCode::kInvalidArgument) return options;
  return Error{ErrorCode::kInvalidFormat, options.error().message()};
}

Result<GenerationOptions> read_generation_request(RequestOptions& request,
                                                  const GenerationOptions& model) {
  constexpr size_t kLargestSeed = UINT32_MAX;
  constexpr size_t kMostCandidates = 100;
  GenerationOptions options = model;
  GF_TRY(read_options(request, options));
  GF_ASSIGN(options.seed, request.count_or("seed", 0, {.min = 0, .max = kLargestSeed}));
  GF_ASSIGN(options.output_candidates,
            request.count_or("output_candidates", 0, {.min = 0, .max = kMostCandidates}));
  GF_TRY(refuse_idle_options(request, options));
  return options;
}

Result<void> check_generation_options(const GenerationOptions& options, size_t vocab_size,
                                      std::string_view where) {
  GF_TRY(check_sampling(options, where));
  if (options.eos_token_id.size() >= vocab_size) {
    return fail(ErrorCode::kInvalidArgument, where, ": eos_token_id: expected fewer than ",
                vocab_size, " ids, got ", options.eos_token_id.size());
  }
  GF_TRY(check_counts(options, where));
  return check_token_ids(options, vocab_size, where);
}

}  // namespace glassformer
