#include "families/heads.h"

#include <utility>

#include "layers/layer_norm.h"
#include "layers/linear.h"

namespace glassformer {

namespace {

class FirstToken final : public HeadModule {
 public:
  FirstToken(Linear dense, Activation activation, Linear classifier)
      : dense_(std::move(dense)), activation_(activation), classifier_(std::move(classifier)) {}

  HeadRows reads() const override { return HeadRows::kFirst; }
  Matrix forward(ConstMatrix hidden, ForwardContext& context) const override {
    const Matrix pooled = dense_.forward(hidden, context);  // [n_texts, d_model]
    activate(pooled, activation_);
    return classifier_.forward(pooled, context);
  }

 private:
  Linear dense_;
  Activation activation_;
  Linear classifier_;
};

class EveryToken final : public HeadModule {
 public:
  explicit EveryToken(Linear layer) : layer_(std::move(layer)) {}

  Matrix forward(ConstMatrix hidden, ForwardContext& context) const override {
    return layer_.forward(hidden, context);
  }

 private:
  Linear layer_;
};

class LastToken final : public HeadModule {
 public:
  explicit LastToken(Linear layer) : layer_(std::move(layer)) {}

  HeadRows reads() const override { return HeadRows::kLast; }
  Matrix forward(ConstMatrix hidden, ForwardContext& context) const override {
    return layer_.forward(hidden, context);
  }

 private:
  Linear layer_;
};

class MaskedLm final : public HeadModule {
 public:
  MaskedLm(Linear dense, Activation activation, LayerNorm norm, Linear output)
      : dense_(std::move(dense)),
        activation_(activation),
        norm_(norm),
        output_(std::move(output)) {}

  Matrix forward(ConstMatrix hidden, ForwardContext& context) const override {
    const Matrix transformed = dense_.forward(hidden, context);  // [n_tokens, d_embedding]
    activate(transformed, activation_);
    norm_.forward(transformed);
    return output_.forward(transformed, context);
  }

 private:
  Linear dense_;
  Activation activation_;
  LayerNorm norm_;
  Linear output_;
};

}  // namespace

HeadResult load_first_token_head(const FirstTokenHead& head, size_t d_model, size_t n_labels) {
  GF_ASSIGN(const Linear dense, Linear::load(head.dense, d_model, d_model));
  GF_ASSIGN(const Linear classifier, Linear::load(head.classifier, d_model, n_labels));
  return std::make_unique<FirstToken>(dense, head.activation, classifier);
}

HeadResult load_token_head(const WeightScope& weights, size_t d_model, size_t n_outputs) {
  GF_ASSIGN(const Linear layer, Linear::load(weights, d_model, n_outputs));
  return std::make_unique<EveryToken>(layer);
}

HeadResult load_last_token_head(const WeightScope& weights, size_t d_model, size_t n_labels) {
  GF_ASSIGN(const Linear layer, Linear::load_unbiased(weights, d_model, n_labels));
  return std::make_unique<LastToken>(layer);
}

std::unique_ptr<HeadModule> make_tied_head(const WeightMatrix& embeddings,
                                           std::span<const float> bias) {
  return std::make_unique<EveryToken>(Linear::tied(embeddings, bias));
}

HeadResult load_masked_lm_head(const MaskedLmHead& head, const WeightScope& root,
                               const MaskedLmSizes& sizes) {
  GF_ASSIGN(const Linear dense, Linear::load(head.dense, sizes.d_model, sizes.d_embedding));
  GF_ASSIGN(const LayerNorm norm,
            LayerNorm::load(head.norm, sizes.d_embedding, head.layer_norm_eps));
  GF_ASSIGN(const WeightMatrix table,
            head.output.matrix("weight", sizes.vocab_size, sizes.d_embedding));
  GF_ASSIGN(const auto bias, root.vector(head.bias, sizes.vocab_size));
  return std::make_unique<MaskedLm>(dense, head.activation, norm, Linear::tied(table, bias));
}

HeadResult load_encoder_head(Head head, const ModelSource& source, const EncoderHeads& heads,
                             const MaskedLmSizes& sizes) {
  const size_t n_labels = source.config.labels.size();
  switch (head) {
    case Head::kSequenceClassification:
      return load_first_token_head(heads.sequence_classification, sizes.d_model, n_labels);
    case Head::kTokenClassification:
      return load_token_head(source.weights.scope("classifier"), sizes.d_model, n_labels);
    case Head::kQuestionAnswering:
      return load_token_head(source.weights.scope("qa_outputs"), sizes.d_model, n_labels);
    case Head::kMaskedLm:
      return load_masked_lm_head(heads.masked_lm, source.weights, sizes);
    default:
      return nullptr;
  }
}

}  // namespace glassformer
