#include "families/model.h"

#include <algorithm>

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

Result<void> check_length(size_t count, const ModelShape& shape, std::string_view what) {
  if (count >= 1 && count <= shape.max_positions) return {};
  return fail(ErrorCode::kInvalidArgument, "expected 1 to ", shape.max_positions, " ", what,
              ", got ", count);
}

}  // namespace

std::vector<SourceMemory> Model::read_sources(const TokenInput& input, ForwardContext&) const {
  return std::vector<SourceMemory>(std::max<size_t>(1, input.lengths.size()));
}

Matrix Model::decode(std::span<const DecoderInput>, ForwardContext&) const {
  check_failed("decode() is asked of generative models only");
}

Result<void> check_input(const TokenInput& input, const ModelShape& shape) {
  const size_t n_tokens = input.ids.size();
  GF_TRY(check_length(n_tokens, shape, "tokens"));
  GF_TRY(check_ids(input.ids, shape.vocab_size, "token id"));
  if (shape.n_decoder_layers > 0) {
    GF_TRY(check_length(input.decoder_ids.size(), shape, "decoder tokens"));
    GF_TRY(check_ids(input.decoder_ids, shape.vocab_size, "decoder token id"));
  } else if (!input.decoder_ids.empty()) {
    return fail(ErrorCode::kInvalidArgument, "this model has no decoder, got decoder ids");
  }
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

size_t texts_in_pass(std::span<const TokenInput> texts) {
  size_t count = 1, n_tokens = texts[0].ids.size();
  while (count < texts.size() && n_tokens + texts[count].ids.size() <= kSharedPassTokens) {
    n_tokens += texts[count++].ids.size();
  }
  return count;
}

TokenInput pack_texts(std::span<const TokenInput> texts, Workspace& workspace) {
  if (texts.size() == 1) return texts[0];
  const auto lengths = workspace.array<size_t>(texts.size());
  size_t n_tokens = 0;
  for (size_t i = 0; i < texts.size(); ++i) n_tokens += lengths[i] = texts[i].ids.size();
  const auto ids = workspace.array<int32_t>(n_tokens);
  const bool has_types = !texts[0].type_ids.empty();
  const auto type_ids = workspace.array<int32_t>(has_types ? n_tokens : 0);
  size_t first = 0;
  for (const TokenInput& text : texts) {
    GF_CHECK(text.type_ids.empty() != has_types && text.decoder_ids.empty());
    std::ranges::copy(text.ids, ids.subspan(first).begin());
    if (has_types) std::ranges::copy(text.type_ids, type_ids.subspan(first).begin());
    first += text.ids.size();
  }
  return {ids, type_ids, {}, lengths};
}

Result<void> check_heads(size_t d_model, size_t n_heads) {
  if (d_model % n_heads == 0) return {};
  return fail(ErrorCode::kInvalidFormat, "config.json: a hidden size of ", d_model,
              " cannot be divided among ", n_heads, " attention heads");
}

}  // namespace glassformer
