#include "pipelines/feature_extraction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace glassformer {

namespace {

enum class Pooling { kNone, kMean, kCls };

/// Keeps the hidden states of a pass after the last layer, and shows everything to someone else as
/// well.
class LastLayer final : public Tracer {
 public:
  LastLayer(Tracer& other, size_t n_layers) : other_(other), n_layers_(n_layers) {}

  bool is_watching() const override { return true; }
  bool wants_attention() const override { return other_.wants_attention(); }
  void attention(AttentionKind kind, size_t layer, size_t head, ConstMatrix probs) override {
    other_.attention(kind, layer, head, probs);
  }
  bool wants_parts(const HeadPlace& place) const override { return other_.wants_parts(place); }
  void parts(const HeadPlace& place, const HeadParts& parts) override {
    other_.parts(place, parts);
  }
  void hidden_states(Stream stream, size_t index, ConstMatrix hidden) override {
    other_.hidden_states(stream, index, hidden);
    if (stream != Stream::kMain || index != n_layers_) return;
    d_model_ = hidden.cols;
    states_.clear();
    for (size_t i = 0; i < hidden.rows; ++i) {
      states_.insert(states_.end(), hidden.row(i).begin(), hidden.row(i).end());
    }
  }

  /// Those of one of its texts, [n_tokens, d_model].
  TraceTensor of(const TextPass& pass) const {
    const float* const first = states_.data() + pass.first_row * d_model_;
    return {{first, first + pass.n_tokens * d_model_}, {pass.n_tokens, d_model_}};
  }

 private:
  Tracer& other_;
  size_t n_layers_;
  size_t d_model_ = 0;
  std::vector<float> states_;
};

TraceTensor pool(TraceTensor states, Pooling pooling) {
  const size_t n_tokens = states.shape[0], d_model = states.shape[1];
  if (pooling == Pooling::kNone) {
    states.shape = {1, n_tokens, d_model};
    return states;
  }
  if (pooling == Pooling::kMean) {
    for (size_t i = d_model; i < states.data.size(); ++i)
      states.data[i % d_model] += states.data[i];
    for (size_t i = 0; i < d_model; ++i) states.data[i] /= static_cast<float>(n_tokens);
  }
  states.data.resize(d_model);
  states.shape = {1, d_model};
  return states;
}

void normalize_rows(TraceTensor& vectors) {
  const size_t d_model = vectors.shape.back();
  for (size_t begin = 0; begin < vectors.data.size(); begin += d_model) {
    const auto vector = std::span(vectors.data).subspan(begin, d_model);
    const float squares = std::inner_product(vector.begin(), vector.end(), vector.begin(), 0.0F);
    if (squares == 0.0F) continue;
    for (float& x : vector) x /= std::sqrt(squares);
  }
}

Result<Pooling> read_pooling(RequestOptions& options) {
  GF_ASSIGN(const std::string name, options.text_or("pooling", "none"));
  if (name == "none") return Pooling::kNone;
  if (name == "mean") return Pooling::kMean;
  if (name == "cls") return Pooling::kCls;
  return options.invalid("pooling", "none, mean or cls");
}

}  // namespace

Result<std::vector<PipelineOutput>> run_feature_extraction(const PipelineModel& model,
                                                           std::span<const TextInput> inputs,
                                                           RequestOptions& options,
                                                           ForwardContext& context) {
  GF_ASSIGN(const Pooling pooling, read_pooling(options));
  GF_ASSIGN(const bool normalize, options.flag_or("normalize", false));
  GF_TRY(options.finish());
  GF_TRY(require_single_texts("feature-extraction", inputs));
  LastLayer last(context.tracer, model.model.shape().n_layers);
  ForwardContext watched{context.workspace, last, context.interventions};
  return answer_texts(
      model, inputs, watched, [&](const TextPass& pass, PipelineOutput& output) -> Result<void> {
        TraceTensor features = pool(last.of(pass), pooling);
        if (normalize) normalize_rows(features);
        output.json = json_object({{"dims", json_array(features.shape, json_number<size_t>)}});
        output.tensors["features"] = std::move(features);
        return {};
      });
}

}  // namespace glassformer
