// What stands on top of an encoder: the few forms that all families' heads take. A family says
// where the weights are.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "families/family.h"
#include "formats/weights.h"
#include "layers/elementwise.h"

namespace glassformer {

/// Which hidden states of a text a head reads.
enum class HeadRows { kAll, kFirst, kLast };

class HeadModule {
 public:
  virtual ~HeadModule() = default;
  virtual HeadRows reads() const { return HeadRows::kAll; }
  /// hidden [n, d_model], those that it reads -> logits [n, ...], in the workspace.
  virtual Matrix forward(ConstMatrix hidden, ForwardContext& context) const = 0;
};

using HeadResult = Result<std::unique_ptr<HeadModule>>;

/// The hidden state of the first token through a dense layer and an activation, then one logit per
/// label: [n_texts, n_labels].
struct FirstTokenHead {
  WeightScope dense;       // [d_model, d_model]
  Activation activation;   // between the two
  WeightScope classifier;  // [n_labels, d_model]
};
HeadResult load_first_token_head(const FirstTokenHead& head, size_t d_model, size_t n_labels);

/// One linear layer over every token: [n_tokens, n_outputs]. Token classification, and question
/// answering with its two outputs, start and end.
HeadResult load_token_head(const WeightScope& weights, size_t d_model, size_t n_outputs);

/// One linear layer without bias over the last token: [n_texts, n_labels]. Sequence classification
/// in decoders.
HeadResult load_last_token_head(const WeightScope& weights, size_t d_model, size_t n_labels);

/// The word embeddings again, as output, with a bias where `bias` is not empty: [n_tokens,
/// vocab_size].
std::unique_ptr<HeadModule> make_tied_head(const WeightMatrix& embeddings,
                                           std::span<const float> bias);

/// A transform (dense, activation, layer norm) and the word embeddings again, as output: [n_tokens,
/// vocab_size].
struct MaskedLmHead {
  WeightScope dense;  // [d_embedding, d_model]
  Activation activation;
  WeightScope norm;  // [d_embedding]
  float layer_norm_eps;
  WeightScope output;  // "weight" [vocab_size, d_embedding]: the embeddings where weights are tied
  std::string bias;    // full name of the output's bias, [vocab_size]
};
struct MaskedLmSizes {
  size_t d_model;
  size_t d_embedding;
  size_t vocab_size;
};
HeadResult load_masked_lm_head(const MaskedLmHead& head, const WeightScope& root,
                               const MaskedLmSizes& sizes);

/// Where an encoder family keeps its heads; those over every token are called the same in all.
struct EncoderHeads {
  FirstTokenHead sequence_classification;
  MaskedLmHead masked_lm;
};

/// The head that the config asks for; null for the bare encoder.
HeadResult load_encoder_head(Head head, const ModelSource& source, const EncoderHeads& heads,
                             const MaskedLmSizes& sizes);

}  // namespace glassformer
