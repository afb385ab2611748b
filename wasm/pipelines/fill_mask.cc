#include "pipelines/fill_mask.h"

#include <algorithm>
#include <functional>
#include <numeric>

#include "decoding/probabilities.h"

namespace glassformer {

namespace {

constexpr std::string_view kTask = "fill-mask";

/// BERT's, and RoBERTa's.
constexpr std::string_view kMaskTokens[] = {"[MASK]", "<mask>"};

Result<std::vector<size_t>> find_masks(const PipelineModel& model, const Encoding& encoding) {
  const auto mask = find_any(model.tokenizer, kMaskTokens);
  if (!mask) {
    return fail(ErrorCode::kUnsupported, kTask, ": the tokeniser has neither [MASK] nor <mask>");
  }
  std::vector<size_t> places;
  for (size_t i = 0; i < encoding.size(); ++i) {
    if (encoding.ids[i] == *mask) places.push_back(i);
  }
  if (!places.empty()) return places;
  return fail(ErrorCode::kInvalidArgument, kTask, ": expected a text with ",
              model.tokenizer.token(*mask), ", got one without");
}

/// Ids without repetition; of a text that is no token, the first of its tokens.
Result<std::vector<int32_t>> read_targets(const PipelineModel& model,
                                          const std::vector<std::string>& targets) {
  std::vector<int32_t> ids;
  for (const std::string& target : targets) {
    auto id = model.tokenizer.find(target);
    if (!id) {
      GF_ASSIGN(const Encoding tokens,
                model.tokenizer.encode(target, std::nullopt, {.add_special_tokens = false}));
      if (tokens.size() > 0) id = tokens.ids.front();
    }
    if (!id) {
      return fail(ErrorCode::kInvalidArgument, kTask, ": targets: expected words, got ",
                  json_quote(target));
    }
    if (std::ranges::find(ids, *id) == ids.end()) ids.push_back(*id);
  }
  return ids;
}

/// The ids to choose from, the best `count` first.
std::vector<int32_t> best_tokens(std::span<const float> probabilities, std::vector<int32_t> ids,
                                 size_t count) {
  if (ids.empty()) {
    ids.resize(probabilities.size());
    std::iota(ids.begin(), ids.end(), 0);
  }
  const size_t kept = std::min(count, ids.size());
  std::ranges::partial_sort(ids, ids.begin() + static_cast<std::ptrdiff_t>(kept), std::greater(),
                            [probabilities](int32_t id) { return probabilities[id]; });
  ids.resize(kept);
  return ids;
}

std::string to_json(const Filling& filling) {
  return json_object({{"score", json_number(filling.score)},
                      {"token", json_number(filling.token)},
                      {"token_str", json_quote(filling.token_text)},
                      {"sequence", json_quote(filling.sequence)}});
}

std::string list_to_json(const std::vector<Filling>& list) { return json_array(list, to_json); }

}  // namespace

Result<std::vector<std::vector<Filling>>> fill_masks(const PipelineModel& model,
                                                     const Encoding& encoding,
                                                     const FillMaskOptions& options,
                                                     ForwardContext& context) {
  GF_TRY(require_head(model, kTask, {Head::kMaskedLm, "a masked language model head"}));
  GF_ASSIGN(const std::vector<int32_t> targets, read_targets(model, options.targets));
  GF_ASSIGN(const std::vector<size_t> masks, find_masks(model, encoding));
  GF_ASSIGN(const TokenInput input, model_input(model, encoding, context));
  const Matrix logits = model.model.forward(input, context);  // [n_tokens, vocab_size]
  std::vector<std::vector<Filling>> fillings;
  for (const size_t place : masks) {
    logits_to_distribution(logits.row(place));
    std::vector<Filling>& of_mask = fillings.emplace_back();
    for (const int32_t id : best_tokens(logits.row(place), targets, options.top_k)) {
      std::vector<int32_t> filled = encoding.ids;
      filled[place] = id;
      of_mask.push_back(
          {logits.at(place, static_cast<size_t>(id)), id,
           model.tokenizer.decode(std::span(&id, 1), {.skip_special_tokens = false}),
           model.tokenizer.decode(filled, {.skip_special_tokens = masks.size() == 1})});
    }
  }
  return fillings;
}

Result<PipelineOutput> run_fill_mask(const PipelineModel& model, const TextInput& input,
                                     RequestOptions& options, ForwardContext& context) {
  FillMaskOptions wish;
  GF_ASSIGN(wish.top_k, options.count_or("top_k", wish.top_k, {.min = 1}));
  GF_ASSIGN(wish.targets, options.texts("targets"));
  GF_TRY(options.finish());
  GF_TRY(require_one_text(kTask, input));
  PipelineOutput output;
  GF_ASSIGN(output.encoding, encode_for_model(model, input));
  GF_ASSIGN(const auto fillings, fill_masks(model, output.encoding, wish, context));
  output.json =
      fillings.size() == 1 ? list_to_json(fillings.front()) : json_array(fillings, list_to_json);
  return output;
}

}  // namespace glassformer
