#include "pipelines/text_classification.h"

#include <algorithm>
#include <functional>

#include "decoding/probabilities.h"

namespace glassformer {

namespace {

std::string to_json(const LabelScore& entry) {
  return json_object({{"label", json_quote(entry.label)}, {"score", json_number(entry.score)}});
}

}  // namespace

Result<std::vector<LabelScore>> classify(const PipelineModel& model, const Encoding& encoding,
                                         ForwardContext& context) {
  GF_TRY(require_head(model, "text-classification",
                      {Head::kSequenceClassification, "a classification head"}));
  GF_ASSIGN(const TokenInput tokens, model_input(model, encoding, context));
  const Matrix logits = model.model.forward(tokens, context);  // [1, n_labels]
  const std::span<float> scores = logits.row(0);
  const bool independent =
      scores.size() == 1 || model.config.problem_type == "multi_label_classification";
  independent ? logits_to_independent(scores) : logits_to_distribution(scores);

  std::vector<LabelScore> labels;
  for (size_t i = 0; i < scores.size(); ++i) labels.push_back({model.config.labels[i], scores[i]});
  std::ranges::stable_sort(labels, std::greater(), &LabelScore::score);
  return labels;
}

Result<PipelineOutput> run_text_classification(const PipelineModel& model, const TextInput& input,
                                               RequestOptions& options, ForwardContext& context) {
  GF_ASSIGN(const auto top_k, options.count_or_null("top_k", 1, {.min = 1}));
  GF_TRY(options.finish());
  PipelineOutput output;
  GF_ASSIGN(output.encoding, encode_for_model(model, input));
  GF_ASSIGN(auto labels, classify(model, output.encoding, context));
  labels.resize(std::min(top_k.value_or(labels.size()), labels.size()));
  output.json = json_array(labels, to_json);
  return output;
}

}  // namespace glassformer
