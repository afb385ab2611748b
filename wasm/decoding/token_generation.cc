#include "decoding/token_generation.h"

#include <algorithm>

namespace glassformer {

namespace {

/// Room for the prompt and what comes; never more than the model has positions.
Result<LengthLimits> limits_of(const GenerationOptions& options, const GenerationInput& input,
                               const ModelShape& shape) {
  LengthLimits limits;
  limits.prompt = input.prompt.size();
  limits.min = options.min_length;
  if (options.min_new_tokens) limits.min = limits.prompt + *options.min_new_tokens;
  limits.max = options.max_length.value_or(limits.prompt + kDefaultNewTokens);
  if (options.max_new_tokens) limits.max = limits.prompt + *options.max_new_tokens;
  limits.max = std::min(limits.max, shape.max_positions);
  if (limits.max > limits.prompt) return limits;
  return fail(
      ErrorCode::kInvalidArgument, "a prompt of ", limits.prompt,
      " tokens leaves no room for a new one: expected fewer than ", limits.max,
      options.max_length ? " (max_length, or the model's positions)" : " (the model's positions)");
}

Result<void> check_texts(const Model& model, const GenerationInput& input) {
  const bool seq2seq = model.head() == Head::kSeq2SeqLm;
  const TokenInput tokens =
      seq2seq ? TokenInput{input.source, {}, input.prompt} : TokenInput{input.prompt};
  return check_input(tokens, model.shape());
}

/// The caches of the sequences that go on; the last that continues a parent takes its cache over,
/// others copy it.
std::vector<SequenceCache> inherit(std::vector<SequenceCache> parents, const SearchStep& step,
                                   size_t n_running) {
  std::vector<size_t> children(parents.size());
  const auto going_on = std::span(step.choices).first(n_running);
  for (const Choice& choice : going_on) ++children[choice.parent];
  std::vector<SequenceCache> caches;
  for (const Choice& choice : going_on) {
    SequenceCache& parent = parents[choice.parent];
    const bool is_last = --children[choice.parent] == 0;
    caches.push_back(is_last ? std::move(parent) : parent);
  }
  return caches;
}

}  // namespace

Result<std::unique_ptr<TokenGeneration>> TokenGeneration::create(
    const Model& model, const GenerationOptions& options, std::vector<GenerationInput> inputs) {
  GF_CHECK(model.is_generative());
  std::vector<Text> texts;
  for (GenerationInput& input : inputs) {
    GF_TRY(check_texts(model, input));
    GF_ASSIGN(const LengthLimits limits, limits_of(options, input, model.shape()));
    SearchStart start{options, input.prompt, limits, texts.size()};
    Text& text = texts.emplace_back();
    text.search = options.num_beams > 1 ? make_beam_search(std::move(start))
                                        : make_independent_search(std::move(start));
    text.input = std::move(input);
    text.caches.resize(1);
    text.has_source = text.input.source.empty();
  }
  return std::unique_ptr<TokenGeneration>(new TokenGeneration(model, std::move(texts)));
}

bool TokenGeneration::is_finished() const {
  return std::ranges::all_of(texts_, [](const Text& t) { return t.search->running().empty(); });
}

std::vector<TextStep> TokenGeneration::step(ForwardContext& context) {
  std::vector<TextStep> steps;
  const Workspace::Scope scope(context.workspace);
  if (read_next_sources(context)) return steps;
  const std::vector<DecoderInput> inputs = next_inputs();
  const Matrix logits = model_.decode(inputs, context);  // [inputs.size(), vocab_size]
  for (size_t i = 0, first = 0; i < texts_.size(); ++i) {
    Text& text = texts_[i];
    const size_t n_rows = text.search->running().size();
    if (n_rows == 0) continue;
    SearchStep step = text.search->advance(logits.slice(first, n_rows));
    const size_t n_running = text.search->running().size();
    text.caches = inherit(std::move(text.caches), step, n_running);
    if (n_running == 0) text.finish();
    steps.push_back({i, n_running == 0, std::move(step)});
    first += n_rows;
  }
  return steps;
}

void TokenGeneration::Text::finish() {
  results = search->results();
  source = {};
}

bool TokenGeneration::read_next_sources(ForwardContext& context) {
  const auto next = std::ranges::find(texts_, false, &Text::has_source);
  if (next == texts_.end()) return false;
  std::vector<TokenInput> unread;
  for (auto text = next; text != texts_.end(); ++text) unread.push_back({text->input.source});
  const auto read = std::span(unread).first(texts_in_pass(unread));
  auto sources = model_.read_sources(pack_texts(read, context.workspace), context);
  for (size_t i = 0; i < read.size(); ++i) {
    next[static_cast<std::ptrdiff_t>(i)].source = std::move(sources[i]);
    next[static_cast<std::ptrdiff_t>(i)].has_source = true;
  }
  return true;
}

/// What each sequence has that its cache has not read: the prompt, then one token a step.
std::vector<DecoderInput> TokenGeneration::next_inputs() {
  std::vector<DecoderInput> inputs;
  for (Text& text : texts_) {
    const auto& running = text.search->running();
    for (size_t i = 0; i < running.size(); ++i) {
      SequenceCache& cache = text.caches[i];
      const auto unread = std::span<const int32_t>(running[i].ids).subspan(cache.length);
      inputs.push_back({unread, &cache, text.input.source.empty() ? nullptr : &text.source});
    }
  }
  return inputs;
}

}  // namespace glassformer
