#include "pipelines/text_classification.h"

#include <algorithm>
#include <functional>

#include "decoding/probabilities.h"

namespace glassformer {

Result<Encoding> encode_for_model(const PipelineModel& model, const TextInput& input) {
  EncodeOptions options;
  options.max_length = model.model.shape().max_positions;
  return model.tokenizer.encode(input.text, input.pair, options);
}

Result<std::vector<LabelScore>> classify(const PipelineModel& model, const Encoding& encoding,
                                         ForwardContext& context) {
  if (model.model.head() != Head::kSequenceClassification) {
    return fail(ErrorCode::kUnsupported,
                "text-classification needs a model with a classification head, got ",
                model.config.architectures.empty() ? "none" : model.config.architectures.front());
  }
  const bool has_types = model.model.shape().type_vocab_size > 0;
  const TokenInput tokens{encoding.ids,
                          has_types ? std::span(encoding.type_ids) : std::span<const int32_t>()};
  GF_TRY(check_input(tokens, model.model.shape()));
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

}  // namespace glassformer
