// The encoder of BERT (Devlin et al. 2018), with what its descendants changed: RoBERTa's positions,
// ELECTRA's narrower embeddings. Weights carry the names of transformers' BertModel.
#pragma once

#include "families/stack_model.h"
#include "layers/encoder_layer.h"

namespace glassformer {

/// How token i finds its position.
enum class Positions {
  kFromZero,     // i
  kAfterPadding  // RoBERTa: padding_id + 1 + i, and padding_id for a padding token
};

struct BertEncoderConfig {
  ModelShape shape;
  size_t d_embedding;    // d_model unless the embeddings are narrower
  size_t position_rows;  // of the position table
  EncoderLayerConfig layer;
  Positions positions = Positions::kFromZero;
  int32_t padding_id = 0;
};

/// Reads the fields that all descendants call the same; positions count from zero.
Result<BertEncoderConfig> read_bert_encoder_config(const ConfigFields& fields);

/// Loads the encoder below `weights` ("embeddings", "encoder.layer.0", ...).
Result<std::unique_ptr<Stack>> load_bert_encoder(const WeightScope& weights,
                                                 const BertEncoderConfig& config);

}  // namespace glassformer
