// The forward pass follows transformers' BartModel, MBartModel, PegasusModel and MarianModel;
// weights carry their names.
#include "families/bart.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "families/decoder_batch.h"
#include "families/heads.h"
#include "layers/elementwise.h"
#include "layers/embedding.h"
#include "layers/seq2seq_layer.h"
#include "layers/sinusoidal_positions.h"

namespace glassformer {

namespace {

/// What one family does differently from another.
struct Plan {
  NormOrder norm_order;
  bool learned_positions;  // or sinusoidal ones
  bool embedding_norm;     // the sum of token and position is normalised
  bool final_norm;         // each stack ends with a norm of its own
};

constexpr Plan kBart{NormOrder::kPost, true, true, false};
constexpr Plan kMbart{NormOrder::kPre, true, true, true};
constexpr Plan kPegasus{NormOrder::kPre, false, false, true};
constexpr Plan kMarian{NormOrder::kPost, false, false, false};

constexpr Architecture kBartArchitectures[] = {
    {"BartModel", Head::kNone},
    {"BartForConditionalGeneration", Head::kSeq2SeqLm},
    {"BartForSequenceClassification", Head::kSequenceClassification},
    {"BartForQuestionAnswering", Head::kQuestionAnswering},
};
constexpr Architecture kMbartArchitectures[] = {
    {"MBartModel", Head::kNone},
    {"MBartForConditionalGeneration", Head::kSeq2SeqLm},
    {"MBartForSequenceClassification", Head::kSequenceClassification},
    {"MBartForQuestionAnswering", Head::kQuestionAnswering},
};
constexpr Architecture kPegasusArchitectures[] = {
    {"PegasusModel", Head::kNone},
    {"PegasusForConditionalGeneration", Head::kSeq2SeqLm},
};
constexpr Architecture kMarianArchitectures[] = {
    {"MarianModel", Head::kNone},
    {"MarianMTModel", Head::kSeq2SeqLm},
};

/// Learned position tables of this family begin with two rows that no token has.
constexpr size_t kPositionOffset = 2;

struct BartConfig {
  Plan plan;
  ModelShape shape;
  size_t d_ff;
  size_t d_ff_decoder;
  Activation activation;
  float embedding_scale;
  int32_t eos_id;
};

Result<BartConfig> read_config(const ConfigFields& fields, const Plan& plan) {
  constexpr size_t kDefaultEos = 2;
  BartConfig config{};
  config.plan = plan;
  GF_ASSIGN(config.shape.n_layers, fields.size("encoder_layers"));
  GF_ASSIGN(config.shape.n_heads, fields.size("encoder_attention_heads"));
  GF_ASSIGN(config.shape.n_decoder_layers, fields.size("decoder_layers"));
  GF_ASSIGN(config.shape.n_decoder_heads, fields.size("decoder_attention_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("d_model"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("max_position_embeddings"));
  GF_ASSIGN(config.d_ff, fields.size("encoder_ffn_dim"));
  GF_ASSIGN(config.d_ff_decoder, fields.size("decoder_ffn_dim"));
  GF_ASSIGN(const std::string activation, fields.string_or("activation_function", "gelu"));
  GF_ASSIGN(config.activation, activation_from_name(activation));
  GF_ASSIGN(const bool scaled, fields.boolean_or("scale_embedding", false));
  GF_ASSIGN(const size_t eos, fields.index_or("eos_token_id", kDefaultEos));
  GF_ASSIGN(const size_t decoder_vocab,
            fields.size_or("decoder_vocab_size", config.shape.vocab_size));
  config.embedding_scale = scaled ? std::sqrt(static_cast<float>(config.shape.d_model)) : 1.0F;
  config.eos_id = static_cast<int32_t>(eos);
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_decoder_heads));
  if (decoder_vocab != config.shape.vocab_size) {
    return fail(ErrorCode::kUnsupported, "config.json: 'decoder_vocab_size' = ", decoder_vocab,
                " other than 'vocab_size' = ", config.shape.vocab_size, " is not supported");
  }
  return config;
}

/// transformers builds all layer norms of this family with torch's default.
constexpr float kLayerNormEps = 1e-5F;

Result<ProjectedAttention> load_attention(const WeightScope& weights, size_t d_model) {
  ProjectedAttention attention;
  GF_ASSIGN(attention.query, Linear::load(weights.scope("q_proj"), d_model, d_model));
  GF_ASSIGN(attention.key, Linear::load(weights.scope("k_proj"), d_model, d_model));
  GF_ASSIGN(attention.value, Linear::load(weights.scope("v_proj"), d_model, d_model));
  GF_ASSIGN(attention.output, Linear::load(weights.scope("out_proj"), d_model, d_model));
  return attention;
}

Result<LayerNorm> load_norm(const WeightScope& weights, size_t d_model) {
  return LayerNorm::load(weights, d_model, kLayerNormEps);
}

/// The parts that encoder and decoder layers have in common.
template <class Layer>
Result<Layer> load_layer(const WeightScope& weights, const BartConfig& config, size_t d_ff) {
  const size_t d_model = config.shape.d_model;
  Layer layer;
  GF_ASSIGN(layer.attention, load_attention(weights.scope("self_attn"), d_model));
  GF_ASSIGN(layer.attention_norm, load_norm(weights.scope("self_attn_layer_norm"), d_model));
  GF_ASSIGN(layer.feed_forward.expand, Linear::load(weights.scope("fc1"), d_model, d_ff));
  GF_ASSIGN(layer.feed_forward.project, Linear::load(weights.scope("fc2"), d_ff, d_model));
  GF_ASSIGN(layer.output_norm, load_norm(weights.scope("final_layer_norm"), d_model));
  layer.feed_forward.activation = config.activation;
  return layer;
}

Result<Seq2SeqEncoderLayer> load_encoder_layer(const WeightScope& weights,
                                               const BartConfig& config) {
  return load_layer<Seq2SeqEncoderLayer>(weights, config, config.d_ff);
}

Result<Seq2SeqDecoderLayer> load_decoder_layer(const WeightScope& weights,
                                               const BartConfig& config) {
  const size_t d_model = config.shape.d_model;
  GF_ASSIGN(auto layer, load_layer<Seq2SeqDecoderLayer>(weights, config, config.d_ff_decoder));
  GF_ASSIGN(layer.cross_attention, load_attention(weights.scope("encoder_attn"), d_model));
  GF_ASSIGN(layer.cross_attention_norm,
            load_norm(weights.scope("encoder_attn_layer_norm"), d_model));
  return layer;
}

/// One side, encoder or decoder, without its layers: from ids to the first hidden states, and the
/// norm at the end.
struct Side {
  Embedding words;
  std::optional<Embedding> positions;  // else sinusoidal
  size_t position_offset = 0;
  std::optional<LayerNorm> embedding_norm;
  std::optional<LayerNorm> final_norm;
  float embedding_scale = 1.0F;

  /// The tokens of a batch of sequences: [n, d_model]
  Matrix embed(std::span<const int32_t> ids, SequenceBatch batch, ForwardContext& context) const {
    const Matrix hidden = words.lookup(ids, context);
    if (embedding_scale != 1.0F) scale(hidden, embedding_scale);
    for (const BatchedSequence& sequence : batch) {
      add_positions(hidden.slice(sequence.first, sequence.count), sequence.past(), context);
    }
    if (embedding_norm) embedding_norm->forward(hidden);
    return hidden;
  }

  /// Those from `first` on; hidden [n_tokens, d_model].
  void add_positions(Matrix hidden, size_t first, ForwardContext& context) const {
    if (positions) {
      positions->add_rows_from(hidden, position_offset + first, context);
    } else {
      add_sinusoidal_positions(hidden, first);
    }
  }
};

/// Tied models keep one table, "shared"; others keep one beside each stack.
Result<Embedding> load_words(const WeightScope& model, const WeightScope& stack,
                             const ModelShape& shape) {
  const bool shared = model.contains("shared.weight");
  return Embedding::load(shared ? model.scope("shared") : stack.scope("embed_tokens"),
                         shape.vocab_size, shape.d_model);
}

Result<Side> load_side(const WeightScope& model, const WeightScope& stack,
                       const BartConfig& config) {
  const size_t d_model = config.shape.d_model;
  Side side;
  side.embedding_scale = config.embedding_scale;
  GF_ASSIGN(side.words, load_words(model, stack, config.shape));
  if (config.plan.learned_positions) side.position_offset = kPositionOffset;
  // Some checkpoints of the sinusoidal families store their table.
  if (config.plan.learned_positions || stack.contains("embed_positions.weight")) {
    const size_t rows = config.shape.max_positions + side.position_offset;
    GF_ASSIGN(side.positions, Embedding::load_exact(stack.scope("embed_positions"), rows, d_model));
  }
  if (config.plan.embedding_norm) {
    GF_ASSIGN(side.embedding_norm, load_norm(stack.scope("layernorm_embedding"), d_model));
  }
  if (config.plan.final_norm) {
    GF_ASSIGN(side.final_norm, load_norm(stack.scope("layer_norm"), d_model));
  }
  return side;
}

class BartModel final : public Model {
 public:
  static Result<std::unique_ptr<BartModel>> load(const WeightScope& weights,
                                                 const BartConfig& config, Head head) {
    auto model = std::make_unique<BartModel>();
    model->config_ = config;
    model->head_ = head;
    const WeightScope encoder = weights.scope("encoder"), decoder = weights.scope("decoder");
    GF_ASSIGN(model->encoder_, load_side(weights, encoder, config));
    GF_ASSIGN(model->decoder_, load_side(weights, decoder, config));
    for (size_t i = 0; i < config.shape.n_layers; ++i) {
      GF_ASSIGN(const auto layer, load_encoder_layer(encoder.scope("layers", i), config));
      model->encoder_layers_.push_back(layer);
    }
    for (size_t i = 0; i < config.shape.n_decoder_layers; ++i) {
      GF_ASSIGN(const auto layer, load_decoder_layer(decoder.scope("layers", i), config));
      model->decoder_layers_.push_back(layer);
    }
    return model;
  }

  void set_head(std::unique_ptr<HeadModule> head_module) { head_module_ = std::move(head_module); }
  const WeightMatrix& output_table() const { return decoder_.words.table(); }

  const ModelShape& shape() const override { return config_.shape; }
  Head head() const override { return head_; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const std::vector<SourceMemory> sources = read_sources({input.ids}, context);
    const BatchedSequence whole{0, input.decoder_ids.size(), nullptr, &sources[0]};
    const Matrix hidden =
        run_decoder(input.decoder_ids, {&whole, 1}, context);  // [n_decoder_tokens, d_model]
    if (!head_module_) return {};
    if (head_ != Head::kSequenceClassification) return head_module_->forward(hidden, context);
    return head_module_->forward(hidden.slice(last_eos(input), 1), context);
  }

  std::vector<SourceMemory> read_sources(const TokenInput& input,
                                         ForwardContext& context) const override {
    const Workspace::Scope scope(context.workspace);
    const SequenceBatch batch = sequences_of(input, context.workspace);
    const Matrix memory = run_encoder(input.ids, batch, context);  // [n_tokens, d_model]
    std::vector<SourceMemory> sources(batch.size());
    for (const Seq2SeqDecoderLayer& layer : decoder_layers_) {
      layer.cross_attention.project_memory(memory, batch, sources, context);
    }
    return sources;
  }

  Matrix decode(std::span<const DecoderInput> inputs, ForwardContext& context) const override {
    const Matrix hidden =
        run_batch(inputs, context, [&](std::span<const int32_t> ids, SequenceBatch batch) {
          return run_decoder(ids, batch, context);
        });                                         // [inputs.size(), d_model]
    return head_module_->forward(hidden, context);  // [inputs.size(), vocab_size]
  }

 private:
  Matrix run_encoder(std::span<const int32_t> ids, SequenceBatch batch,
                     ForwardContext& context) const {
    const Matrix hidden = encoder_.embed(ids, batch, context);  // [n_tokens, d_model]
    context.tracer.hidden_states(Stream::kMain, 0, hidden);
    for (size_t i = 0; i < encoder_layers_.size(); ++i) {
      encoder_layers_[i].forward(hidden, batch, config_.plan.norm_order,
                                 {AttentionKind::kSelf, i, config_.shape.n_heads}, context);
      const bool last = i + 1 == encoder_layers_.size();
      if (last && encoder_.final_norm) encoder_.final_norm->forward(hidden);
      context.tracer.hidden_states(Stream::kMain, i + 1, hidden);
    }
    return hidden;
  }

  Matrix run_decoder(std::span<const int32_t> ids, SequenceBatch batch,
                     ForwardContext& context) const {
    const Matrix hidden = decoder_.embed(ids, batch, context);  // [n, d_model]
    context.tracer.hidden_states(Stream::kDecoder, 0, hidden);
    for (size_t i = 0; i < decoder_layers_.size(); ++i) {
      if (!context.skips(i)) {
        decoder_layers_[i].forward(hidden, batch, config_.plan.norm_order,
                                   {AttentionKind::kDecoder, i, config_.shape.n_decoder_heads},
                                   context);
      }
      const bool last = i + 1 == decoder_layers_.size();
      if (last && decoder_.final_norm) decoder_.final_norm->forward(hidden);
      context.tracer.hidden_states(Stream::kDecoder, i + 1, hidden);
    }
    return hidden;
  }

  /// Where the decoder stands when it reads the end of the text: that state is classified.
  size_t last_eos(const TokenInput& input) const {
    const size_t n = std::min(input.ids.size(), input.decoder_ids.size());
    for (size_t i = n; i > 0; --i) {
      if (input.ids[i - 1] == config_.eos_id) return i - 1;
    }
    return n - 1;
  }

  BartConfig config_{};
  Head head_ = Head::kNone;
  Side encoder_;
  Side decoder_;
  std::vector<Seq2SeqEncoderLayer> encoder_layers_;
  std::vector<Seq2SeqDecoderLayer> decoder_layers_;
  std::unique_ptr<HeadModule> head_module_;
};

/// The word embeddings as output, or a table of its own, with the bias that Marian trains and the
/// others keep at zero.
HeadResult load_lm_head(const WeightScope& root, const BartModel& model, const ModelShape& shape) {
  std::span<const float> bias;
  if (root.contains("final_logits_bias")) {
    GF_ASSIGN(const ConstMatrix row, root.float_matrix("final_logits_bias", 1, shape.vocab_size));
    bias = row.row(0);
  }
  if (!root.contains("lm_head.weight")) return make_tied_head(model.output_table(), bias);
  GF_ASSIGN(const WeightMatrix table,
            root.matrix("lm_head.weight", shape.vocab_size, shape.d_model));
  return make_tied_head(table, bias);
}

HeadResult load_head(Head head, const ModelSource& source, const BartModel& model) {
  const ModelShape& shape = model.shape();
  const WeightScope& root = source.weights;
  switch (head) {
    case Head::kSeq2SeqLm:
      return load_lm_head(root, model, shape);
    case Head::kSequenceClassification:
      return load_first_token_head({root.scope("classification_head.dense"), Activation::kTanh,
                                    root.scope("classification_head.out_proj")},
                                   shape.d_model, source.config.labels.size());
    case Head::kQuestionAnswering:
      return load_token_head(root.scope("qa_outputs"), shape.d_model, source.config.labels.size());
    default:
      return nullptr;
  }
}

ModelResult load(const ModelSource& source, const Plan& plan,
                 std::span<const Architecture> architectures) {
  GF_ASSIGN(const BartConfig config, read_config(source.fields, plan));
  GF_ASSIGN(const Head head, read_head(source.config, architectures));
  const WeightScope weights = source.body("model", "encoder.layers.0.self_attn.q_proj.weight");
  GF_ASSIGN(auto model, BartModel::load(weights, config, head));
  GF_ASSIGN(auto head_module, load_head(head, source, *model));
  model->set_head(std::move(head_module));
  return std::unique_ptr<Model>(std::move(model));
}

}  // namespace

ModelResult load_bart(const ModelSource& source) { return load(source, kBart, kBartArchitectures); }
ModelResult load_mbart(const ModelSource& source) {
  return load(source, kMbart, kMbartArchitectures);
}
ModelResult load_pegasus(const ModelSource& source) {
  return load(source, kPegasus, kPegasusArchitectures);
}
ModelResult load_marian(const ModelSource& source) {
  return load(source, kMarian, kMarianArchitectures);
}

}  // namespace glassformer
