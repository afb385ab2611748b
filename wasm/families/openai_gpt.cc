// The forward pass follows transformers' OpenAIGPTModel, the heads OpenAIGPTLMHeadModel and its
// siblings; weights carry their names.
#include "families/openai_gpt.h"

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
    {"OpenAIGPTModel", Head::kNone},
    {"OpenAIGPTLMHeadModel", Head::kCausalLm},
    {"OpenAIGPTForSequenceClassification", Head::kSequenceClassification},
};

struct GptConfig {
  ModelShape shape;
  Activation activation;
  float layer_norm_eps;
};

/// In this family "gelu" has always meant the tanh approximation.
Result<Activation> read_activation(const ConfigFields& fields) {
  GF_ASSIGN(const std::string name, fields.string_or("afn", "gelu"));
  return activation_from_name(name == "gelu" ? std::string_view("gelu_new") : name);
}

Result<GptConfig> read_config(const ConfigFields& fields) {
  constexpr float kDefaultLayerNormEps = 1e-5F;
  GptConfig config{};
  GF_ASSIGN(config.shape.n_layers, fields.size("n_layer"));
  GF_ASSIGN(config.shape.n_heads, fields.size("n_head"));
  GF_ASSIGN(config.shape.d_model, fields.size("n_embd"));
  GF_ASSIGN(config.shape.vocab_size, fields.size("vocab_size"));
  GF_ASSIGN(config.shape.max_positions, fields.size("n_positions"));
  GF_ASSIGN(config.activation, read_activation(fields));
  GF_ASSIGN(config.layer_norm_eps, fields.number_or("layer_norm_epsilon", kDefaultLayerNormEps));
  GF_TRY(check_heads(config.shape.d_model, config.shape.n_heads));
  return config;
}

/// One post-norm block: what attention and feed-forward add is normalised with the stream.
struct Block {
  CausalAttention attention;
  LayerNorm attention_norm;
  FeedForward feed_forward;
  LayerNorm output_norm;

  void forward(Matrix hidden, SequenceBatch batch, const AttentionSite& site,
               ForwardContext& context) const {
    const Workspace::Scope scope(context.workspace);
    add(hidden, attention.forward(hidden, batch, site, context));
    attention_norm.forward(hidden);
    add(hidden, feed_forward.forward(hidden, context));
    output_norm.forward(hidden);
  }
};

Result<Block> load_block(const WeightScope& weights, const GptConfig& config) {
  constexpr size_t kExpansion = 4;  // fixed in this family
  const size_t d_model = config.shape.d_model;
  const size_t d_head = d_model / config.shape.n_heads;
  const auto linear = [&weights](std::string_view name, size_t d_in, size_t d_out) {
    return Linear::load_transposed(weights.scope(name), d_in, d_out);
  };
  Block block;
  GF_ASSIGN(block.attention.queries_keys_values, linear("attn.c_attn", d_model, 3 * d_model));
  GF_ASSIGN(block.attention.output, linear("attn.c_proj", d_model, d_model));
  GF_ASSIGN(block.attention_norm,
            LayerNorm::load(weights.scope("ln_1"), d_model, config.layer_norm_eps));
  GF_ASSIGN(block.feed_forward.expand, linear("mlp.c_fc", d_model, kExpansion * d_model));
  GF_ASSIGN(block.feed_forward.project, linear("mlp.c_proj", kExpansion * d_model, d_model));
  GF_ASSIGN(block.output_norm,
            LayerNorm::load(weights.scope("ln_2"), d_model, config.layer_norm_eps));
  block.attention.scale = 1.0F / std::sqrt(static_cast<float>(d_head));
  block.feed_forward.activation = config.activation;
  return block;
}

class GptStack final : public DecoderStack {
 public:
  static Result<std::unique_ptr<GptStack>> load(const WeightScope& weights,
                                                const GptConfig& config) {
    const ModelShape& shape = config.shape;
    auto stack = std::make_unique<GptStack>();
    stack->n_heads_ = shape.n_heads;
    GF_ASSIGN(stack->words_,
              Embedding::load(weights.scope("tokens_embed"), shape.vocab_size, shape.d_model));
    GF_ASSIGN(stack->positions_, Embedding::load_exact(weights.scope("positions_embed"),
                                                       shape.max_positions, shape.d_model));
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
    positions_.add_positions(hidden, batch, 0, context);
    context.tracer.hidden_states(Stream::kMain, 0, hidden);
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (!context.skips(i)) {
        blocks_[i].forward(hidden, batch, {AttentionKind::kSelf, i, n_heads_}, context);
      }
      context.tracer.hidden_states(Stream::kMain, i + 1, hidden);
    }
    return hidden;
  }

 private:
  size_t n_heads_ = 0;
  Embedding words_;
  Embedding positions_;
  std::vector<Block> blocks_;
};

HeadResult load_head(Head head, const ModelSource& source, const GptStack& stack, size_t d_model) {
  switch (head) {
    case Head::kCausalLm:
      return make_tied_head(stack.word_table(), {});
    case Head::kSequenceClassification:
      return load_last_token_head(source.weights.scope("score"), d_model,
                                  source.config.labels.size());
    default:
      return nullptr;
  }
}

}  // namespace

ModelResult load_openai_gpt(const ModelSource& source) {
  GF_ASSIGN(const GptConfig config, read_config(source.fields));
  GF_ASSIGN(const Head head, read_head(source.config, kArchitectures));
  GF_ASSIGN(auto stack, GptStack::load(source.body("transformer", "tokens_embed.weight"), config));
  StackModelParts<DecoderStack> parts{config.shape, head, nullptr, nullptr};
  GF_ASSIGN(parts.head_module, load_head(head, source, *stack, config.shape.d_model));
  parts.stack = std::move(stack);
  return make_decoder_model(std::move(parts));
}

}  // namespace glassformer
