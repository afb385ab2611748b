// What the engine knows of a model of any family: its sizes, its head, and a forward pass from
// token ids to logits.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/matrix.h"
#include "core/result.h"
#include "layers/forward_context.h"
#include "layers/kv_cache.h"

namespace glassformer {

/// What the model computes from the last hidden states, and the shape of its logits.
enum class Head {
  kNone,                    // the bare model: no logits
  kSequenceClassification,  // [n_texts, n_labels]
  kTokenClassification,     // [n_tokens, n_labels]
  kQuestionAnswering,       // [n_tokens, 2]: start and end
  kMaskedLm,                // [n_tokens, vocab_size]
  kCausalLm,                // [n_tokens, vocab_size]
  kSeq2SeqLm,               // [n_decoder_tokens, vocab_size]
};

struct ModelShape {
  size_t n_layers = 0;
  size_t n_heads = 0;
  size_t n_decoder_layers = 0;  // 0: the model is one stack
  size_t n_decoder_heads = 0;
  size_t d_model = 0;
  size_t vocab_size = 0;
  size_t max_positions = 0;
  size_t type_vocab_size = 0;  // 0: the model has no token types
};

/// One sequence of tokens, and for an encoder-decoder the one that its decoder is given. Or several
/// texts, one behind the other, that share a pass (pack_texts).
struct TokenInput {
  std::span<const int32_t> ids;               // [n_tokens]
  std::span<const int32_t> type_ids = {};     // [n_tokens], or empty: all 0
  std::span<const int32_t> decoder_ids = {};  // [n_decoder_tokens]; empty unless there is a decoder
  std::span<const size_t> lengths = {};       // [n_texts], tokens of each; empty: all are of one
};

/// The next tokens of a sequence that a decoder is reading.
struct DecoderInput {
  std::span<const int32_t> ids;          // at least one, each below vocab_size
  SequenceCache* cache = nullptr;        // what it has read before; gets the new ones too
  const SourceMemory* source = nullptr;  // of an encoder-decoder
};

class Model {
 public:
  virtual ~Model() = default;

  virtual const ModelShape& shape() const = 0;
  virtual Head head() const = 0;

  /// The logits, in the workspace; an empty matrix for Head::kNone. Each text has passed
  /// check_input; several are for models that are one stack.
  virtual Matrix forward(const TokenInput& input, ForwardContext& context) const = 0;

  /// Whether decode() can be called: the head gives the next token.
  bool is_generative() const { return head() == Head::kCausalLm || head() == Head::kSeq2SeqLm; }

  /// What the decoder's cross-attention needs of source texts, computed once for all steps: one for
  /// each, empty in a model that is one stack. `input` has their ids, which have passed
  /// check_input.
  virtual std::vector<SourceMemory> read_sources(const TokenInput& input,
                                                 ForwardContext& context) const;

  /// Reads the next tokens of several sequences in one batch, with the numbers that forward() has
  /// for them: the logits after the last token of each, [inputs.size(), vocab_size], in the
  /// workspace. A cache holds at most max_positions tokens.
  virtual Matrix decode(std::span<const DecoderInput> inputs, ForwardContext& context) const;
};

/// Whether a model of this shape can take the input: at least one token, not more than it has
/// positions, ids and type ids within the tables, decoder ids exactly where there is a decoder.
Result<void> check_input(const TokenInput& input, const ModelShape& shape);

/// As many tokens as texts may have together to share a pass: enough to make good use of every
/// weight that is read, and few enough that activations stay small and a pass ends soon.
constexpr size_t kSharedPassTokens = 512;

/// How many of the texts, from the first on, the next pass reads: at least one.
size_t texts_in_pass(std::span<const TokenInput> texts);

/// The texts as one input, packed without padding, whose spans lie in the workspace; a single text
/// is that text. Each has passed check_input.
TokenInput pack_texts(std::span<const TokenInput> texts, Workspace& workspace);

/// kInvalidFormat unless d_model divides evenly among the heads.
Result<void> check_heads(size_t d_model, size_t n_heads);

}  // namespace glassformer
