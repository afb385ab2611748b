// The forward pass follows transformers' GPT2Model, the heads GPT2LMHeadModel and its siblings;
// weights carry their names.
#include "families/gpt2.h"

#include <cmath>
#include <vector>

#include "families/stack_model.h"
#include "layers/causal_attention.h"
#include "layers/elementwise.h"
#include "layers/embedding.h"
#include "layers/feed_forward.h"
#include "layers/layer_norm.h"

namespace glassformer {

namespace {

constexpr Architecture kArchitectures[] = {
    {"GPT2Model", Head::kNone},
    {"GPT2LMHeadModel", Head::kCausalLm},
    {"GPT2ForSequenceClassification", Head::kSequenceClassification},
    {"GPT2ForTokenClassification", Head::kTokenClassification},
    {"GPT2ForQuestionAnswering", Head::kQuestionAnswering},
};

struct Gpt2Config {
  ModelShape shape;
  size_t d_ff;
  Activation activation;
  float layer_norm_eps;
  bool scale_attention;         // by 1 / sqrt(d_head)
  bool scale_by_inverse_layer;  // and by 1 / (layer + 1)
};

Result<Gpt2Config> read_config(const ConfigFields& fields) {
  constexpr size_t kDefaultExpansion = 4;
  constexpr float kDefaultLayerNormEps = 1e-5F;
  Gpt2Config config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("n_layer"));
  GF_ASSIGN(config.shape.n_heads, fields.size("n_head"));
  GF_ASSIGN(config.shape.d_model, fields.size("n_embd"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("n_positions"));
  GF_ASSIGN(config.d_ff, fields.size_or("n_inner", kDefaultExpansion * config.shape.d_model));
  GF_ASSIGN(const std::string activation, fields.string_or("activation_function", "gelu_new"));
  GF_ASSIGN(config.activation, activation_from_name(activation));
  GF_ASSIGN(config.layer_norm_eps, fields.number_or("layer_norm_epsilon", kDefaultLayerNormEps));
  GF_ASSIGN(config.scale_attention, fields.boolean_or("scale_attn_weights", true));
  GF_ASSIGN(config.scale_by_inverse_layer,
            fields.boolean_or("scale_attn_by_inverse_layer_idx", false));
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  GF_TRY(fields.require_flag("add_cross_attention", false));
  return config;
}

/// One pre-norm block: attention and feed-forward read the normalised stream and add to it.
struct Block {
  LayerNorm attention_norm;
  CausalAttention attention;
  LayerNorm feed_forward_norm;
  FeedForward feed_forward;

  void forward(Matrix hidden, SequenceBatch batch, const AttentionSite& site,
               ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    add(hidden,
        attention.forward(attention_norm.normalized(hidden, context), batch, site, context));
    add(hidden, feed_forward.forward(feed_forward_norm.normalized(hidden, context), context));
  }
};

float attention_scale(const Gpt2Config& config, size_t layer) {
  const size_t d_head = config.shape.d_model / config.shape.n_heads;
  const float scale = config.scale_attention ? 1.0F / std::sqrt(static_cast<float>(d_head)) : 1.0F;
  return config.scale_by_inverse_layer ? scale / static_cast<float>(layer + 1) : scale;
}

Result<Block> load_block(const WeightScope& weights, const Gpt2Config& config, size_t layer) {
  const size_t d_model = config.shape.d_model;
  const auto linear = [&weights](std::string_view name, size_t d_in, size_t d_out) {
    return Linear::load_transposed(weights.scope(name), d_in, d_out);
  };
  Block block;
  GF_ASSIGN(block.attention_norm,
            LayerNorm::load(weights.scope("ln_1"), d_model, config.layer_norm_eps));
  GF_ASSIGN(block.attention.queries_keys_values, linear("attn.c_attn", d_model, 3 * d_model));
  GF_ASSIGN(block.attention.output, linear("attn.c_proj", d_model, d_model));
  GF_ASSIGN(block.feed_forward_norm,
            LayerNorm::load(weights.scope("ln_2"), d_model, config.layer_norm_eps));
  GF_ASSIGN(block.feed_forward.expand, linear("mlp.c_fc", d_model, config.d_ff));
  GF_ASSIGN(block.feed_forward.project, linear("mlp.c_proj", config.d_ff, d_model));
  block.attention.scale = attention_scale(config, layer);
  block.feed_forward.activation = config.activation;
  return block;
}

class Gpt2Stack final : public DecoderStack {
 public:
  static Result<std::unique_ptr<Gpt2Stack>> load(const WeightScope& weights,
                                                 const Gpt2Config& config) {
    const ModelShape& shape = config.shape;
    auto stack = std::make_unique<Gpt2Stack>();
    stack->n_heads_ = shape.n_heads;
    GF_ASSIGN(stack->words_,
              Embedding::load(weights.scope("wte"), shape.vocab_size, shape.d_model));
    GF_ASSIGN(stack->positions_,
              Embedding::load_exact(weights.scope("wpe"), shape.max_positions, shape.d_model));
    GF_ASSIGN(stack->final_norm_,
              LayerNorm::load(weights.scope("ln_f"), shape.d_model, config.layer_norm_eps));
    for (size_t i = 0; i < shape.n_layers; ++i) {
      GF_ASSIGN(const Block block, load_block(weights.scope("h", i), config, i));
      stack->blocks_.push_back(block);
    }
    return stack;
  }

  const WeightMatrix& word_table() const { return words_.table(); }

  Matrix forward_batch(std::span<const int32_t> ids, SequenceBatch batch,
                       ForwardContext& context) const override {
    const Matrix hidden = words_.lookup(ids, context);  // [n, d_model]
    positions_.add_positions(hidden, batch, 0, context);
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
  Embedding positions_;
  LayerNorm final_norm_;
  std::vector<Block> blocks_;
};

HeadResult load_head(Head head, const ModelSource& source, const Gpt2Stack& stack, size_t d_model) {
  const size_t n_labels = source.config.labels.size();
  switch (head) {
    case Head::kCausalLm:
      return make_tied_head(stack.word_table(), {});
    case Head::kSequenceClassification:
      return load_last_token_head(source.weights.scope("score"), d_model, n_labels);
    case Head::kTokenClassification:
      return load_token_head(source.weights.scope("classifier"), d_model, n_labels);
    case Head::kQuestionAnswering:
      return load_token_head(source.weights.scope("qa_outputs"), d_model, n_labels);
    default:
      return nullptr;
  }
}

}  // namespace

ModelResult load_gpt2(const ModelSource& source) {
  GF_ASSIGN(const Gpt2Config config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  GF_ASSIGN(auto stack, Gpt2Stack::load(source.body("transformer", "wte.weight"), config));
  StackModelParts<DecoderStack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.head_module, load_head(head, source, *stack, config.shape.d_model));
  parts.stack = std::move(stack);
  return make_decoder_model(std::move(parts));
}

}  // namespace glassformer
