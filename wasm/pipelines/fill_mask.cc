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

struct Filling {
  size_t place;
  int32_t token;
  float score;
  bool is_only;  // no other mask shows, and so no special token need
};

std::string filling_json(const Tokenizer& tokenizer, const Encoding& encoding,
                         const Filling& filling) {
  std::vector<int32_t> filled = encoding.ids;
  filled[filling.place] = filling.token;
  const std::string token =
      tokenizer.decode(std::span(&filling.token, 1), {.skip_special_tokens = false});
  const std::string sequence = tokenizer.decode(filled, {.skip_special_tokens = filling.is_only});
  return json_object({{"score", json_number(filling.score)},
                      {"token", json_number(filling.token)},
                      {"token_str", json_quote(token)},
                      {"sequence", json_quote(sequence)}});
}

}  // namespace

Result<std::vector<PipelineOutput>> run_fill_mask(const PipelineModel& model,
                                                  std::span<const TextInput> inputs,
                                                  RequestOptions& options,
                                                  ForwardContext& context) {
  GF_ASSIGN(const size_t top_k, options.count_or("top_k", 5, {.min = 1}));
  GF_ASSIGN(const auto target_texts, options.texts("targets"));
  GF_TRY(options.finish());
  GF_TRY(require_single_texts(kTask, inputs));
  GF_TRY(require_head(model, kTask, {Head::kMaskedLm, "a masked language model head"}));
  GF_ASSIGN(const std::vector<int32_t> targets, read_targets(model, target_texts));
  return answer_texts(
      model, inputs, context, [&](const TextPass& pass, PipelineOutput& output) -> Result<void> {
        GF_ASSIGN(const std::vector<size_t> masks, find_masks(model, output.encoding));
        std::vector<std::string> lists;
        for (const size_t place : masks) {
          logits_to_distribution(pass.logits.row(place));
          const auto ids = best_tokens(pass.logits.row(place), targets, top_k);
          lists.push_back(json_array(ids, [&](int32_t id) {
            const float score = pass.logits.at(place, static_cast<size_t>(id));
            const bool is_only = masks.size() == 1;
            return filling_json(model.tokenizer, output.encoding, {place, id, score, is_only});
          }));
        }
        output.json = lists.size() == 1 ? lists.front() : json_array(lists, std::identity());
        return {};
      });
}

}  // namespace glassformer
