#include "pipelines/interventions.h"

#include <algorithm>

namespace glassformer {

namespace {

Result<void> check_masked_tokens(const Interventions& interventions, size_t n_tokens) {
  std::vector<bool> masked(n_tokens, false);
  for (const size_t token : interventions.masked_tokens) {
    if (token >= n_tokens) {
      return fail(ErrorCode::kInvalidArgument, "mask_tokens: expected positions from 0 to ",
                  n_tokens - 1, ", got ", token);
    }
    masked[token] = true;
  }
  if (interventions.masked_tokens.empty() || std::ranges::count(masked, false) > 0) return {};
  return fail(ErrorCode::kInvalidArgument, "mask_tokens: expected to leave a token, got all ",
              n_tokens);
}

Result<void> check_row(const ReplacedAttention& row, size_t n_tokens) {
  if (row.query < n_tokens && row.weights.size() == n_tokens) return {};
  return fail(ErrorCode::kInvalidArgument, "replace_attention: expected a query from 0 to ",
              n_tokens - 1, " and ", n_tokens, " weights, got query ", row.query, " and ",
              row.weights.size(), " weights");
}

/// A row of a decoder, whose queries are not known before they are generated.
Result<void> check_decoder_row(const ReplacedAttention& row, size_t n_keys) {
  if (row.weights.size() == n_keys) return {};
  return fail(ErrorCode::kInvalidArgument, "replace_attention: expected ", n_keys,
              " weights for query ", row.query, ", got ", row.weights.size());
}

}  // namespace

Result<void> check_interventions(const Interventions& interventions, size_t n_tokens) {
  GF_TRY(check_masked_tokens(interventions, n_tokens));
  for (const ReplacedAttention& row : interventions.replaced) GF_TRY(check_row(row, n_tokens));
  return {};
}

Result<void> check_interventions(const Interventions& interventions, const GenerationInput& input) {
  const bool one_stack = input.source.empty();
  const size_t n_main = one_stack ? input.prompt.size() : input.source.size();
  GF_TRY(check_masked_tokens(interventions, n_main));
  for (const ReplacedAttention& row : interventions.replaced) {
    const AttentionKind kind = row.place.kind;
    if (kind == AttentionKind::kSelf && !one_stack) {
      GF_TRY(check_row(row, n_main));
    } else {
      const bool cross = kind == AttentionKind::kCross;
      GF_TRY(check_decoder_row(row, cross ? n_main : row.query + 1));
    }
  }
  return {};
}

}  // namespace glassformer
