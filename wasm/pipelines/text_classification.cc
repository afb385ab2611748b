#include "pipelines/text_classification.h"

#include <algorithm>
#include <functional>

#include "decoding/probabilities.h"

namespace glassformer {

namespace {

struct LabelScore {
  std::string_view label;
  float score;  // 0 to 1
};

std::string to_json(const LabelScore& entry) {
  return json_object({{"label", json_quote(entry.label)}, {"score", json_number(entry.score)}});
}

/// Scores of all labels, best first; `logits` [n_labels] become them.
std::vector<LabelScore> label_scores(const ModelConfig& config, std::span<float> logits) {
  const bool independent =
      logits.size() == 1 || config.problem_type == "multi_label_classification";
  independent ? logits_to_independent(logits) : logits_to_distribution(logits);
  std::vector<LabelScore> labels;
  for (size_t i = 0; i < logits.size(); ++i) labels.push_back({config.labels[i], logits[i]});
  std::ranges::stable_sort(labels, std::greater(), &LabelScore::score);
  return labels;
}

}  // namespace

Result<std::vector<PipelineOutput>> run_text_classification(const PipelineModel& model,
                                                            std::span<const TextInput> inputs,
                                                            RequestOptions& options,
                                                            ForwardContext& context) {
  GF_ASSIGN(const auto top_k, options.count_or_null("top_k", 1, {.min = 1}));
  GF_TRY(options.finish());
  GF_TRY(require_head(model, "text-classification",
                      {Head::kSequenceClassification, "a classification head"}));
  return answer_texts(model, inputs, context,
                      [&](const TextPass& pass, PipelineOutput& output) -> Result<void> {
                        auto labels = label_scores(model.config, pass.logits.row(0));
                        labels.resize(std::min(top_k.value_or(labels.size()), labels.size()));
                        output.json = json_array(labels, to_json);
                        return {};
                      });
}

}  // namespace glassformer
