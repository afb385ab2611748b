// The forward pass follows transformers' CTRLModel, the heads CTRLLMHeadModel and its siblings;
// weights carry their names.
#include "families/ctrl.h"

#include <cmath>
#include <vector>

#include "families/stack_model.h"
#include "layers/elementwise.h"
#include "layers/embedding.h"
#include "layers/feed_forward.h"
#include "layers/layer_norm.h"
#include "layers/projected_attention.h"
#include "layers/sinusoidal_positions.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"CTRLModel", Head::kNone},
    {"CTRLLMHeadModel", Head::kCausalLm},
    {"CTRLForSequenceClassification", Head::kSequenceClassification},
};

struct CtrlConfig {
  ModelShape shape;
  size_t d_ff;
  float layer_norm_eps;
};

Result<CtrlConfig> read_config(const ConfigFields& fields) {
  constexpr float kDefaultLayerNormEps = 1e-6F;
  CtrlConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("n_layer"));
  GF_ASSIGN(config.shape.n_heads, fields.size("n_head"));
  GF_ASSIGN(config.shape.d_model, fields.size("n_embd"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("n_positions"));
  GF_ASSIGN(config.d_ff, fields.size("dff"));
  GF_ASSIGN(config.layer_norm_eps, fields.number_or("layer_norm_epsilon", kDefaultLayerNormEps));
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  return config;
}

struct Block {
  LayerNorm attention_norm;
  ProjectedAttention attention;
  LayerNorm feed_forward_norm;
  FeedForward feed_forward;

  void forward(Matrix hidden, SequenceBatch batch, const AttentionSite& site,
               ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    const Matrix x = attention_norm.normalized(hidden, context);
    add(hidden, attention.forward(x, batch, AttentionMask::kCausal, site, context));
    add(hidden, feed_forward.forward(feed_forward_norm.normalized(hidden, context), context));
  }
};

Result<Block> load_block(const WeightScope& weights, const CtrlConfig& config) {
  const size_t d_model = config.shape.d_model;
  const WeightScope attention = weights.scope("multi_head_attention");
  const auto norm = [&](std::string_view name) {
    return LayerNorm::load(weights.scope(name), d_model, config.layer_norm_eps);
  };
  Block block;
  GF_ASSIGN(block.attention.query, Linear::load(attention.scope("Wq"), d_model, d_model));
  GF_ASSIGN(block.attention.key, Linear::load(attention.scope("Wk"), d_model, d_model));
  GF_ASSIGN(block.attention.value, Linear::load(attention.scope("Wv"), d_model, d_model));
  GF_ASSIGN(block.attention.output, Linear::load(attention.scope("dense"), d_model, d_model));
  GF_ASSIGN(block.attention_norm, norm("layernorm1"));
  GF_ASSIGN(block.feed_forward_norm, norm("layernorm2"));
  GF_ASSIGN(block.feed_forward.expand, Linear::load(weights.scope("ffn.0"), d_model, config.d_ff));
  GF_ASSIGN(block.feed_forward.project, Linear::load(weights.scope("ffn.2"), config.d_ff, d_model));
  block.feed_forward.activation = Activation::kRelu;
  return block;
}

class CtrlStack final : public DecoderStack {
 public:
  static Result<std::unique_ptr<CtrlStack>> load(const WeightScope& weights,
                                                 const CtrlConfig& config) {
    const ModelShape& shape = config.shape;
    auto stack = std::make_unique<CtrlStack>();
    stack->n_heads_ = shape.n_heads;
    GF_ASSIGN(stack->words_, Embedding::load(weights.scope("w"), shape.vocab_size, shape.d_model));
    GF_ASSIGN(stack->final_norm_,
              LayerNorm::load(weights.scope("layernorm"), shape.d_model, config.layer_norm_eps));
    for (size_t i = 0; i < shape.n_layers; ++i) {
      GF_ASSIGN(const Block block, load_block(weights.scope("h", i), config));
      stack->blocks_.push_back(block);
    }
    return stack;
  }

  const WeightMatrix& word_table() const { return words_.table(); }

  Matrix forward_batch(std::span<const int32_t> ids, SequenceBatch batch,
                       ForwardContext& context) const override {
    const Matrix hidden = words_.lookup(ids, context);  // [n, d_model]
    scale(hidden, std::sqrt(static_cast<float>(hidden.cols)));
    for (const BatchedSequence& sequence : batch) {
      add_sinusoidal_positions(hidden.slice(sequence.first, sequence.count), sequence.past());
    }
    for (size_t i = 0; i < blocks_.size(); ++i) {
      context.tracer.hidden_states(Stream::kMain, i, hidden);
      if (!context.skips(i)) {
        blocks_[i].forward(hidden, batch, {AttentionKind::kSelf, i, n_heads_}, context);
      }
    }
    final_norm_.forward(hidden);
    context.tracer.hidden_states(Stream::kMain, blocks_.size(), hidden);
    return hidden;
  }

 private:
  size_t n_heads_ = 0;
  Embedding words_;
  LayerNorm final_norm_;
  std::vector<Block> blocks_;
};

HeadResult load_head(Head head, const ModelSource& source, const CtrlStack& stack,
                     const ModelShape& shape) {
  switch (head) {
    case Head::kCausalLm: {
      GF_ASSIGN(const auto bias, source.weights.vector("lm_head.bias", shape.vocab_size));
      return make_tied_head(stack.word_table(), bias);
    }
    case Head::kSequenceClassification:
      return load_last_token_head(source.weights.scope("classifier"), shape.d_model,
                                  source.config.labels.size());
    default:
      return nullptr;
  }
}

}  // namespace

ModelResult load_ctrl(const ModelSource& source) {
  GF_ASSIGN(const CtrlConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  GF_ASSIGN(auto stack, CtrlStack::load(source.body("transformer", "w.weight"), config));
  StackModelParts<DecoderStack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.head_module, load_head(head, source, *stack, config.shape));
  parts.stack = std::move(stack);
  return make_decoder_model(std::move(parts));
}

}  // namespace glassformer
