#include "families/model.h"

namespace glassformer {

namespace {

Result<void> check_ids(std::span<const int32_t> ids, size_t limit, std::string_view what) {
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] < 0 || static_cast<size_t>(ids[i]) >= limit) {
      return fail(ErrorCode::kInvalidArgument, what, " ", ids[i], " at position ", i,
                  ": expected 0 to ", limit - 1);
    }
  }
  return {};
}

}  // namespace

Result<void> check_input(const TokenInput& input, const ModelShape& shape) {
  const size_t n_tokens = input.ids.size();
  if (n_tokens == 0 || n_tokens > shape.max_positions) {
    return fail(ErrorCode::kInvalidArgument, "expected 1 to ", shape.max_positions, " tokens, got ",
                n_tokens);
  }
  GF_TRY(check_ids(input.ids, shape.vocab_size, "token id"));
  if (input.type_ids.empty()) return {};
  if (shape.type_vocab_size == 0) {
    return fail(ErrorCode::kInvalidArgument, "this model has no token types, got token type ids");
  }
  if (input.type_ids.size() != n_tokens) {
    return fail(ErrorCode::kInvalidArgument, "expected ", n_tokens, " token type ids, got ",
                input.type_ids.size());
  }
  return check_ids(input.type_ids, shape.type_vocab_size, "token type id");
}

Result<void> check_heads(const ModelShape& shape) {
  if (shape.d_model % shape.n_heads == 0) return {};
  return fail(ErrorCode::kInvalidFormat, "config.json: a hidden size of ", shape.d_model,
              " cannot be divided among ", shape.n_heads, " attention heads");
}

}  // namespace glassformer
