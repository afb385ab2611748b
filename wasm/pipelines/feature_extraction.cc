#include "pipelines/feature_extraction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace glassformer {

namespace {

constexpr std::string_view kTask = "feature-extraction";

/// Keeps the hidden states after the last layer, and shows everything to someone else as well.
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
    states_ = {{}, {hidden.rows, hidden.cols}};
    for (size_t i = 0; i < hidden.rows; ++i) {
      states_.data.insert(states_.data.end(), hidden.row(i).begin(), hidden.row(i).end());
    }
  }

  /// [n_tokens, d_model]
  TraceTensor take() { return std::move(states_); }

 private:
  Tracer& other_;
  size_t n_layers_;
  TraceTensor states_;
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

Result<TraceTensor> extract_features(const PipelineModel& model, const Encoding& encoding,
                                     const FeatureOptions& options, ForwardContext& context) {
  LastLayer last(context.tracer, model.model.shape().n_layers);
  ForwardContext watched{context.workspace, last, context.interventions};
  GF_ASSIGN(const TokenInput input, model_input(model, encoding, watched));
  model.model.forward(input, watched);
  TraceTensor features = pool(last.take(), options.pooling);
  if (options.normalize) normalize_rows(features);
  return features;
}

Result<PipelineOutput> run_feature_extraction(const PipelineModel& model, const TextInput& input,
                                              RequestOptions& options, ForwardContext& context) {
  FeatureOptions wish;
  GF_ASSIGN(wish.pooling, read_pooling(options));
  GF_ASSIGN(wish.normalize, options.flag_or("normalize", false));
  GF_TRY(options.finish());
  GF_TRY(require_one_text(kTask, input));
  PipelineOutput output;
  GF_ASSIGN(output.encoding, encode_for_model(model, input));
  if (output.encoding.size() == 0) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": expected a text with tokens, got none");
  }
  GF_ASSIGN(TraceTensor features, extract_features(model, output.encoding, wish, context));
  output.json = json_object({{"dims", json_array(features.shape, json_number<size_t>)}});
  output.tensors["features"] = std::move(features);
  return output;
}

}  // namespace glassformer
