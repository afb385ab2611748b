// The forward pass follows transformers' T5Model and T5ForConditionalGeneration; weights carry
// their names.
#include "families/t5.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "families/decoder_batch.h"
#include "layers/elementwise.h"
#include "layers/embedding.h"
#include "layers/projected_attention.h"
#include "layers/relative_positions.h"
#include "layers/rms_norm.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"T5Model", Head::kNone},
    {"T5ForConditionalGeneration", Head::kSeq2SeqLm},
};

struct T5Config {
  ModelShape shape;
  size_t d_head;
  size_t d_ff;
  size_t n_buckets;
  size_t max_distance;
  Activation activation;
  bool gated;
  bool scaled_output;  // tied models divide the last hidden states by sqrt(d_model)
  float epsilon;
};

/// "relu", "gated-gelu", ...; in this family "gelu" behind "gated-" means the tanh approximation.
Result<void> read_feed_forward(const ConfigFields& fields, T5Config& config) {
  constexpr std::string_view kGated = "gated-";
  GF_ASSIGN(std::string name, fields.string_or("feed_forward_proj", "relu"));
  config.gated = name.starts_with(kGated);
  if (config.gated) name.erase(0, kGated.size());
  if (config.gated && name == "gelu") name = "gelu_new";
  GF_ASSIGN(config.activation, activation_from_name(name));
  return {};
}

Result<T5Config> read_config(const ConfigFields& fields) {
  constexpr size_t kDefaultPositions = 512;
  constexpr size_t kDefaultBuckets = 32;
  constexpr size_t kDefaultDistance = 128;
  constexpr float kDefaultEpsilon = 1e-6F;
  T5Config config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("num_layers"));
  GF_ASSIGN(config.shape.n_decoder_layers,
            fields.size_or("num_decoder_layers", config.shape.n_layers));
  GF_ASSIGN(config.shape.n_heads, fields.size("num_heads"));
  GF_ASSIGN(config.shape.d_model, fields.size("d_model"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size_or("n_positions", kDefaultPositions));
  GF_ASSIGN(config.d_head, fields.size("d_kv"));
  GF_ASSIGN(config.d_ff, fields.size("d_ff"));
  GF_ASSIGN(config.n_buckets, fields.size_or("relative_attention_num_buckets", kDefaultBuckets));
  GF_ASSIGN(config.max_distance,
            fields.size_or("relative_attention_max_distance", kDefaultDistance));
  GF_ASSIGN(config.epsilon, fields.number_or("layer_norm_epsilon", kDefaultEpsilon));
  // Configs before transformers 5 say it by tying the embeddings or not.
  GF_ASSIGN(const bool tied, fields.boolean_or("tie_word_embeddings", true));
  GF_ASSIGN(config.scaled_output, fields.boolean_or("scale_decoder_outputs", tied));
  GF_TRY(read_feed_forward(fields, config));
  config.shape.n_decoder_heads = config.shape.n_heads;
  if (config.n_buckets < 4 || config.max_distance <= config.n_buckets / 2) {
    return fail(ErrorCode::kInvalidFormat, "config.json: ", config.n_buckets,
                " relative position buckets do not fit a maximum distance of ",
                config.max_distance);
  }
  return config;
}

/// wo(act(wi x)), or gated: wo(act(wi_0 x) * wi_1 x) (Shazeer 2020).
struct T5FeedForward {
  Linear expand;
  std::optional<Linear> gate;  // what the activated part is multiplied with
  Linear project;
  Activation activation;

  Matrix forward(ConstMatrix x, ForwardContext& context) const {
    const Matrix inner = expand.forward(x, context);  // [n, d_ff]
    activate(inner, activation, context.workspace.threads());
    if (gate) multiply(inner, gate->forward(x, context));
    return project.forward(inner, context);
  }
};

struct Block {
  RmsNorm attention_norm;
  ProjectedAttention attention;
  std::optional<RmsNorm> cross_attention_norm;  // decoder only
  ProjectedAttention cross_attention;
  RmsNorm feed_forward_norm;
  T5FeedForward feed_forward;
};

Result<ProjectedAttention> load_attention(const WeightScope& weights, const T5Config& config) {
  const size_t d_model = config.shape.d_model;
  const size_t d_inner = config.shape.n_heads * config.d_head;
  ProjectedAttention attention;
  GF_ASSIGN(attention.query, Linear::load_unbiased(weights.scope("q"), d_model, d_inner));
  GF_ASSIGN(attention.key, Linear::load_unbiased(weights.scope("k"), d_model, d_inner));
  GF_ASSIGN(attention.value, Linear::load_unbiased(weights.scope("v"), d_model, d_inner));
  GF_ASSIGN(attention.output, Linear::load_unbiased(weights.scope("o"), d_inner, d_model));
  return attention;
}

Result<T5FeedForward> load_feed_forward(const WeightScope& weights, const T5Config& config) {
  const size_t d_model = config.shape.d_model;
  T5FeedForward layer;
  layer.activation = config.activation;
  GF_ASSIGN(layer.expand, Linear::load_unbiased(weights.scope(config.gated ? "wi_0" : "wi"),
                                                d_model, config.d_ff));
  if (config.gated) {
    GF_ASSIGN(layer.gate, Linear::load_unbiased(weights.scope("wi_1"), d_model, config.d_ff));
  }
  GF_ASSIGN(layer.project, Linear::load_unbiased(weights.scope("wo"), config.d_ff, d_model));
  return layer;
}

enum class StackKind { kEncoder, kDecoder };

Result<Block> load_block(const WeightScope& weights, const T5Config& config, StackKind kind) {
  const size_t d_model = config.shape.d_model;
  const auto norm = [&](const WeightScope& sublayer) {
    return RmsNorm::load(sublayer.scope("layer_norm"), d_model, config.epsilon);
  };
  const WeightScope self = weights.scope("layer", 0);
  Block block;
  GF_ASSIGN(block.attention_norm, norm(self));
  GF_ASSIGN(block.attention, load_attention(self.scope("SelfAttention"), config));
  if (kind == StackKind::kDecoder) {
    const WeightScope cross = weights.scope("layer", 1);
    GF_ASSIGN(block.cross_attention_norm, norm(cross));
    GF_ASSIGN(block.cross_attention, load_attention(cross.scope("EncDecAttention"), config));
  }
  const WeightScope feed_forward = weights.scope("layer", kind == StackKind::kDecoder ? 2 : 1);
  GF_ASSIGN(block.feed_forward_norm, norm(feed_forward));
  GF_ASSIGN(block.feed_forward, load_feed_forward(feed_forward.scope("DenseReluDense"), config));
  return block;
}

class T5Stack {
 public:
  static Result<T5Stack> load(const WeightScope& weights, const T5Config& config, StackKind kind) {
    const bool decoder = kind == StackKind::kDecoder;
    const size_t n_layers = decoder ? config.shape.n_decoder_layers : config.shape.n_layers;
    T5Stack stack;
    stack.kind_ = kind;
    stack.n_heads_ = config.shape.n_heads;
    stack.relative_ = {{}, config.max_distance, /*bidirectional=*/!decoder};
    // The first block holds the table for all.
    GF_ASSIGN(stack.relative_.table,
              load_relative_table(weights.scope("block.0.layer.0.SelfAttention"), config.n_buckets,
                                  config.shape.n_heads));
    for (size_t i = 0; i < n_layers; ++i) {
      GF_ASSIGN(const Block block, load_block(weights.scope("block", i), config, kind));
      stack.blocks_.push_back(block);
    }
    GF_ASSIGN(stack.final_norm_, RmsNorm::load(weights.scope("final_layer_norm"),
                                               config.shape.d_model, config.epsilon));
    return stack;
  }

  /// Transforms hidden [n, d_model] in place: a batch of texts in the encoder, of sequences with
  /// their sources in the decoder.
  void forward(Matrix hidden, SequenceBatch batch, ForwardContext& context) const {
    const Stream stream = kind_ == StackKind::kDecoder ? Stream::kDecoder : Stream::kMain;
    // Every block adds the same bias.
    const SequenceBatch biased = relative_.biased(batch, context);
    for (size_t i = 0; i < blocks_.size(); ++i) {
      context.tracer.hidden_states(stream, i, hidden);
      const bool is_skipped = kind_ == StackKind::kDecoder && context.skips(i);
      if (!is_skipped) run_block(blocks_[i], i, hidden, biased, context);
    }
    final_norm_.forward(hidden);
    context.tracer.hidden_states(stream, blocks_.size(), hidden);
  }

  /// The cross-attention keys and values of memory [n, d_model] for every block of the decoder, of
  /// each text of the batch.
  std::vector<SourceMemory> project_memory(ConstMatrix memory, SequenceBatch batch,
                                           ForwardContext& context) const {
    std::vector<SourceMemory> sources(batch.size());
    for (const Block& block : blocks_) {
      block.cross_attention.project_memory(memory, batch, sources, context);
    }
    return sources;
  }

 private:
  /// Attention is not scaled in this family.
  static constexpr float kAttentionScale = 1.0F;

  void run_block(const Block& block, size_t layer, Matrix hidden, SequenceBatch batch,
                 ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    add(hidden, self_attention(block, layer, hidden, batch, context));
    if (block.cross_attention_norm) {
      const Matrix x = block.cross_attention_norm->normalized(hidden, context);
      const AttentionSite site{AttentionKind::kCross, layer, n_heads_};
      add(hidden, block.cross_attention.forward_cross(x, batch, site, context, kAttentionScale));
    }
    add(hidden,
        block.feed_forward.forward(block.feed_forward_norm.normalized(hidden, context), context));
  }

  Matrix self_attention(const Block& block, size_t layer, ConstMatrix hidden, SequenceBatch batch,
                        ForwardContext& context) const {
    const Matrix x = block.attention_norm.normalized(hidden, context);
    const bool is_decoder = kind_ == StackKind::kDecoder;
    const auto mask = is_decoder ? AttentionMask::kCausal : AttentionMask::kNone;
    const AttentionSite site{is_decoder ? AttentionKind::kDecoder : AttentionKind::kSelf, layer,
                             n_heads_};
    return block.attention.forward(x, batch, mask, site, context, kAttentionScale);
  }

  StackKind kind_ = StackKind::kEncoder;
  size_t n_heads_ = 0;
  RelativePositions relative_{};
  std::vector<Block> blocks_;
  RmsNorm final_norm_;
};

class T5Model final : public Model {
 public:
  static ModelResult load(const ModelSource& source) {
    auto model = std::make_unique<T5Model>();
    GF_ASSIGN(model->config_, read_config(source.fields));
    GF_ASSIGN(model->head_, read_head(source.config, kArchitectures));
    const T5Config& config = model->config_;
    const WeightScope& root = source.weights;
    const auto [vocab_size, d_model] = std::pair(config.shape.vocab_size, config.shape.d_model);
    GF_ASSIGN(model->words_, Embedding::load(root.scope("shared"), vocab_size, d_model));
    GF_ASSIGN(model->encoder_, T5Stack::load(root.scope("encoder"), config, StackKind::kEncoder));
    GF_ASSIGN(model->decoder_, T5Stack::load(root.scope("decoder"), config, StackKind::kDecoder));
    if (model->head_ == Head::kNone) return std::unique_ptr<Model>(std::move(model));
    model->output_ = Linear::tied(model->words_.table(), {});
    if (root.contains("lm_head.weight")) {
      GF_ASSIGN(model->output_, Linear::load_unbiased(root.scope("lm_head"), d_model, vocab_size));
    }
    return std::unique_ptr<Model>(std::move(model));
  }

  const ModelShape& shape() const override { return config_.shape; }
  Head head() const override { return head_; }

  Matrix forward(const TokenInput& input, ForwardContext& context) const override {
    const std::vector<SourceMemory> sources = read_sources({input.ids}, context);
    const BatchedSequence whole{0, input.decoder_ids.size(), nullptr, &sources[0]};
    const Matrix hidden =
        run_decoder(input.decoder_ids, {&whole, 1}, context);  // [n_decoder_tokens, d_model]
    if (head_ == Head::kNone) return {};
    return logits(hidden, context);  // [n_decoder_tokens, vocab_size]
  }

  std::vector<SourceMemory> read_sources(const TokenInput& input,
                                         ForwardContext& context) const override {
    const Workspace::Scope scope(context.workspace);
    const SequenceBatch batch = sequences_of(input, context.workspace);
    const Matrix memory = words_.lookup(input.ids, context);  // [n_tokens, d_model]
    encoder_.forward(memory, batch, context);
    return decoder_.project_memory(memory, batch, context);
  }

  Matrix decode(std::span<const DecoderInput> inputs, ForwardContext& context) const override {
    const Matrix hidden =
        run_batch(inputs, context, [&](std::span<const int32_t> ids, SequenceBatch batch) {
          return run_decoder(ids, batch, context);
        });                          // [inputs.size(), d_model]
    return logits(hidden, context);  // [inputs.size(), vocab_size]
  }

 private:
  Matrix run_decoder(std::span<const int32_t> ids, SequenceBatch batch,
                     ForwardContext& context) const {
    const Matrix hidden = words_.lookup(ids, context);  // [n, d_model]
    decoder_.forward(hidden, batch, context);
    return hidden;
  }

  Matrix logits(Matrix hidden, ForwardContext& context) const {
    if (config_.scaled_output) scale(hidden, 1.0F / std::sqrt(static_cast<float>(hidden.cols)));
    return output_.forward(hidden, context);
  }

  T5Config config_{};
  Head head_ = Head::kNone;
  Embedding words_;
  T5Stack encoder_;
  T5Stack decoder_;
  Linear output_;
};

}  // namespace

ModelResult load_t5(const ModelSource& source) { return T5Model::load(source); }

}  // namespace glassformer
