#include "layers/attention.h"

#include <algorithm>
#include <cmath>

#include "core/parallel.h"
#include "kernels/elementwise.h"
#include "kernels/gemm.h"

namespace glassformer {

namespace {

/// What is added to the plain formula.
struct AttentionOptions {
  bool causal = false;         // the queries are the last n_q of n_k tokens and see none after them
  std::optional<float> scale;  // instead of 1 / sqrt(d_head)
  ConstMatrix bias;            // [n_heads * n_q, n_k], added to the scaled scores; empty for none
  size_t past = 0;             // the first query's position; as many of its tokens came before
  /// Rows of one sequence; those of others, at the same positions, follow. 0: all rows are of one.
  size_t n_rows = 0;
};

/// Adds the head's bias to the scaled scores [n_q, n_k], in place; returns the scale still to
/// apply.
float add_bias(Matrix scores, size_t head, float scale, const AttentionOptions& options) {
  if (options.bias.rows == 0) return scale;
  add_scaled(scores, scale, options.bias.slice(head * scores.rows, scores.rows));
  return 1.0F;
}

/// A score so low that softmax makes it 0, and finite, so that no row becomes undefined.
constexpr float kMaskedScore = -1e30F;

/// Before softmax: the keys of the main stream that nobody may look at.
void mask_tokens(const Interventions& interventions, AttentionKind kind, Matrix scores) {
  if (kind == AttentionKind::kDecoder) return;
  for (const size_t token : interventions.masked_tokens) {
    for (size_t query = 0; query < scores.rows; ++query) scores.at(query, token) = kMaskedScore;
  }
}

/// Its keys may be more than the weights, where a pass reads tokens that the query does not see.
void replace_row(const ReplacedAttention& replaced, std::span<float> row) {
  GF_CHECK(replaced.weights.size() <= row.size());
  const auto rest = std::ranges::copy(replaced.weights, row.begin()).out;
  std::fill(rest, row.end(), 0.0F);
}

/// After softmax: silenced heads and replaced rows.
void change_probabilities(const Interventions& interventions, const HeadPlace& place,
                          const AttentionOptions& options, Matrix probs) {
  for (const HeadPlace& masked : interventions.masked_heads) {
    if (masked != place) continue;
    for (size_t query = 0; query < probs.rows; ++query) std::ranges::fill(probs.row(query), 0.0F);
  }
  const size_t n_rows = options.n_rows == 0 ? probs.rows : options.n_rows;
  for (const ReplacedAttention& replaced : interventions.replaced) {
    if (replaced.place != place || replaced.query < options.past) continue;
    const size_t first = replaced.query - options.past;
    if (first >= n_rows) continue;
    for (size_t i = first; i < probs.rows; i += n_rows) replace_row(replaced, probs.row(i));
  }
}

/// Multiplications that make up for waking threads.
constexpr size_t kSharedHeadProducts = size_t{1} << 18;

/// Whether the tracer wants something of one of the heads.
bool is_watched(const AttentionSite& site, const Tracer& tracer) {
  for (size_t head = 0; head < site.n_heads; ++head) {
    if (tracer.wants_parts({site.kind, site.layer, head})) return true;
  }
  return tracer.wants_attention();
}

/// The threads for the heads of a layer: none where there is little to do, or where somebody
/// watches, whom the heads would meet out of order.
ThreadPool* threads_for(const QueriesKeysValues& in, const AttentionSite& site,
                        const ForwardContext& context) {
  const size_t products = in.q.rows * in.k.rows * (in.q.cols + in.v.cols);
  const bool is_shared = products >= kSharedHeadProducts && !is_watched(site, context.tracer);
  return is_shared ? context.workspace.threads() : nullptr;
}

/// As many floats, or a few more, so that what follows them is aligned as they are: sums of a row
/// begin where its address lets vectors begin, and must come out alike in every thread.
constexpr size_t whole_lines(size_t n_floats) {
  constexpr size_t kLine = kAlignment / sizeof(float);
  return (n_floats + kLine - 1) / kLine * kLine;
}

/// The attention of one sequence, or of several to one source, into `out` [n_q, d_model].
void attend(const QueriesKeysValues& in, const AttentionSite& site, ForwardContext& context,
            const AttentionOptions& options, Matrix out) {
  const size_t d_head = in.q.cols / site.n_heads, n_q = in.q.rows;
  const float scale = options.scale.value_or(1.0F / std::sqrt(static_cast<float>(d_head)));
  const Interventions* const changes = context.interventions;
  const bool traced = context.tracer.wants_attention();
  ThreadPool* const threads = kHasThreads ? threads_for(in, site, context) : nullptr;
  const Workspace::Scope scope(context.workspace);
  // One [n_q, n_k] and one panel for each thread, which does every head that it gets there.
  const size_t n_probs = whole_lines(n_q * in.k.rows);
  const size_t n_scratch = n_probs + whole_lines(matmul_scratch(n_q, in.k.rows));
  const std::span<float> scratch = context.workspace.floats(thread_count(threads) * n_scratch);
  parallel_for(threads, site.n_heads, [&](size_t head, size_t thread) {
    const size_t first = head * d_head;
    const HeadPlace place{site.kind, site.layer, head};
    const ConstMatrix q = in.q.columns(first, d_head), k = in.k.columns(first, d_head);
    const ConstMatrix v = in.v.columns(first, d_head);
    const std::span<float> mine = scratch.subspan(thread * n_scratch, n_scratch);
    const Matrix probs{mine.data(), n_q, in.k.rows};
    matmul_transposed(q, k, probs);
    if (changes) mask_tokens(*changes, site.kind, probs);
    const float rest = add_bias(probs, head, scale, options);
    if (context.tracer.wants_parts(place)) {
      context.tracer.parts(place, {q, k, v, probs, rest, options.causal});
    }
    options.causal ? softmax_rows_causal(probs, rest) : softmax_rows(probs, rest);
    if (changes) change_probabilities(*changes, place, options, probs);
    if (traced) context.tracer.attention(site.kind, site.layer, head, probs);
    matmul(probs, v, out.columns(first, d_head), mine.subspan(n_probs));
  });
}

/// q, k and v of one sequence of the batch; k and v go to its cache and come back with all that
/// it has.
QueriesKeysValues with_past(const QueriesKeysValues& in, const BatchedSequence& sequence,
                            size_t layer) {
  const ConstMatrix q = in.q.slice(sequence.first, sequence.count);
  const ConstMatrix k = in.k.slice(sequence.first, sequence.count);
  const ConstMatrix v = in.v.slice(sequence.first, sequence.count);
  if (sequence.cache == nullptr) return {q, k, v};
  auto& layers = sequence.cache->layers;
  if (layers.size() <= layer) layers.resize(layer + 1);
  layers[layer].append(k, v);
  return {q, layers[layer].keys(), layers[layer].values()};
}

}  // namespace

Matrix self_attention(const QueriesKeysValues& in, SequenceBatch batch, AttentionMask mask,
                      const AttentionSite& site, ForwardContext& context,
                      std::optional<float> scale) {
  const Matrix out = context.workspace.matrix(in.q.rows, in.v.cols);  // [n, d_model]
  for (const BatchedSequence& sequence : batch) {
    const AttentionOptions options{.causal = mask == AttentionMask::kCausal,
                                   .scale = scale,
                                   .bias = sequence.bias,
                                   .past = sequence.past()};
    attend(with_past(in, sequence, site.layer), site, context, options,
           out.slice(sequence.first, sequence.count));
  }
  return out;
}

Matrix cross_attention(ConstMatrix q, SequenceBatch batch, const AttentionSite& site,
                       ForwardContext& context, std::optional<float> scale) {
  const Matrix out = context.workspace.matrix(q.rows, q.cols);  // [n, d_model]
  for (size_t i = 0, next = 0; i < batch.size(); i = next) {
    // Hypotheses of one source stand side by side: one product for all of them.
    size_t n_q = 0;
    for (next = i; next < batch.size() && batch[next].source == batch[i].source; ++next) {
      n_q += batch[next].count;
    }
    const KeysValues& memory = batch[i].source->layers[site.layer];
    const AttentionOptions options{.causal = false,
                                   .scale = scale,
                                   .bias = {},
                                   .past = batch[i].past(),
                                   .n_rows = batch[i].count};
    attend({q.slice(batch[i].first, n_q), memory.keys(), memory.values()}, site, context, options,
           out.slice(batch[i].first, n_q));
  }
  return out;
}

}  // namespace glassformer
