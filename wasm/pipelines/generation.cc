#include "pipelines/generation.h"

#include <algorithm>

#include "core/utf.h"
#include "decoding/generation_config.h"
#include "pipelines/interventions.h"

namespace glassformer {

namespace {

/// Where neither the model nor the request limits the length: as transformers' pipelines.
constexpr size_t kDefaultPipelineTokens = 256;

/// Without the replacement characters at the end: a byte-level token may end within a character,
/// and the next one completes it.
std::string without_broken_end(std::string text) {
  const std::string broken = to_utf8(std::u32string(1, kReplacementCharacter));
  while (text.ends_with(broken)) text.resize(text.size() - broken.size());
  return text;
}

uint32_t utf16_size(std::string_view text) {
  uint32_t size = 0;
  for (const char32_t c : to_utf32(text)) size += utf16_length(c);
  return size;
}

}  // namespace

Result<std::unique_ptr<GenerationPipeline>> GenerationPipeline::start(
    const GenerativeModel& model, const GenerationTask& task, std::span<const std::string> texts,
    RequestOptions& request) {
  if (texts.empty()) return fail(ErrorCode::kInvalidArgument, task.name, ": expected a text");
  GF_TRY(require_head(model.model, task.name, task.head));
  std::unique_ptr<GenerationPipeline> pipeline(new GenerationPipeline(model.model, task));
  GF_TRY(pipeline->read_options(model.defaults, request));
  std::vector<GenerationInput> inputs;
  for (const std::string& text : texts) {
    GF_ASSIGN(auto read, task.read(model.model, pipeline->options_, text));
    inputs.push_back(read.input);
    pipeline->texts_.push_back(std::move(read));
    pipeline->given_.push_back(text);
  }
  GF_ASSIGN(pipeline->generation_,
            TokenGeneration::create(model.model.model, pipeline->options_, std::move(inputs)));
  return pipeline;
}

Result<void> GenerationPipeline::read_options(const GenerationOptions& defaults,
                                              RequestOptions& request) {
  GF_ASSIGN(options_, read_generation_request(request, defaults));
  GF_ASSIGN(const std::vector<std::string> stop_strings, request.texts("stop_strings"));
  if (task_.continues_text) {
    GF_ASSIGN(returns_full_text_, request.flag_or("return_full_text", true));
  }
  GF_TRY(request.finish());
  GF_TRY(check_generation_options(options_, model_.model.shape().vocab_size, task_.name));
  if (!options_.max_length && !options_.max_new_tokens) {
    options_.max_new_tokens = kDefaultPipelineTokens;
  }
  if (stop_strings.empty()) return {};
  if (std::ranges::count(stop_strings, "") > 0) {
    return request.invalid("stop_strings", "strings that are not empty");
  }
  options_.stops = [this, stop_strings](std::span<const int32_t> generated) {
    const std::string text = model_.tokenizer.decode(generated, {});
    return std::ranges::any_of(stop_strings, [&](const std::string& stop) {
      return text.find(stop) != std::string::npos;
    });
  };
  return {};
}

Result<void> GenerationPipeline::check(const Interventions& interventions) const {
  for (const GenerationText& text : texts_) {
    GF_TRY(check_interventions(interventions, text.input));
  }
  return {};
}

std::string GenerationPipeline::step(ForwardContext& context) {
  const std::vector<TextStep> steps = generation_->step(context);
  return json_object({
      {"step", json_number(n_steps_++)},
      {"texts", json_array(steps, [this](const TextStep& step) { return step_json(step); })},
  });
}

std::string GenerationPipeline::output() const {
  if (texts_.size() == 1) return results_json(0);
  std::vector<size_t> indices;
  for (size_t i = 0; i < texts_.size(); ++i) indices.push_back(i);
  return json_array(indices, [this](size_t text) { return results_json(text); });
}

Result<Encoding> GenerationPipeline::sequence_tokens(size_t text, size_t sequence) const {
  GF_ASSIGN(const Hypothesis* const found, find(text, sequence));
  const auto ids = std::span<const int32_t>(found->ids);
  const size_t n_prompt = texts_[text].input.prompt.size();
  Encoding encoding;
  uint32_t end = 0;
  for (size_t i = 0; i < ids.size(); ++i) {
    const bool is_new = i >= n_prompt;
    const std::string so_far = is_new ? generated_text(text, ids.first(i + 1)) : "";
    const uint32_t start = end;
    end = std::max(start, utf16_size(without_broken_end(so_far)));
    encoding.ids.push_back(ids[i]);
    encoding.type_ids.push_back(0);
    encoding.tokens.emplace_back(model_.tokenizer.token(ids[i]));
    encoding.offsets.push_back({start, end});
    const bool is_end = std::ranges::count(options_.eos_token_id, ids[i]) > 0;
    const bool is_start = !is_new && !task_.continues_text;
    const bool special = is_end || is_start;
    encoding.special.push_back(special ? 1 : 0);
    encoding.sequence_ids.push_back(special ? -1 : 0);
    encoding.word_ids.push_back(-1);
  }
  return encoding;
}

Result<TokenInput> GenerationPipeline::full_input(size_t text, const Encoding& sequence) const {
  const TokenInput input = model_.model.head() == Head::kSeq2SeqLm
                               ? TokenInput{texts_[text].input.source, {}, sequence.ids}
                               : TokenInput{sequence.ids};
  GF_TRY(check_input(input, model_.model.shape()));
  return input;
}

Result<const Hypothesis*> GenerationPipeline::find(size_t text, size_t sequence) const {
  if (text >= texts_.size()) {
    return fail(ErrorCode::kInvalidArgument, "text ", text, ": expected one below ", texts_.size());
  }
  const std::vector<Hypothesis>& results = generation_->results(text);
  if (sequence < results.size()) return &results[sequence];
  return fail(ErrorCode::kInvalidArgument, "sequence ", sequence, " of text ", text,
              ": expected one below ", results.size());
}

/// What ids, which begin with the prompt, add to the text that was given.
std::string GenerationPipeline::generated_text(size_t text, std::span<const int32_t> ids) const {
  const Tokenizer& tokenizer = model_.tokenizer;
  const size_t n_prompt = texts_[text].input.prompt.size();
  if (!task_.continues_text) return tokenizer.decode(ids.subspan(n_prompt), {});
  // Tokens with a blank in front lose it at the start of a text: only behind the prompt is it seen.
  const std::string before = tokenizer.decode(ids.first(n_prompt), {});
  const std::string whole = tokenizer.decode(ids, {});
  return whole.starts_with(before) ? whole.substr(before.size())
                                   : tokenizer.decode(ids.subspan(n_prompt), {});
}

std::string GenerationPipeline::step_json(const TextStep& step) const {
  const auto render_choice = [&](const Choice& choice) { return choice_json(choice, step.text); };
  const auto render_row = [&](const std::vector<Candidate>& row) {
    return json_array(row, [&](const Candidate& candidate) { return candidate_json(candidate); });
  };
  return json_object({
      {"index", json_number(step.text)},
      {"finished", step.is_finished ? "true" : "false"},
      {"hypotheses", json_array(step.search.choices, render_choice)},
      {"candidates", json_array(step.search.candidates, render_row)},
  });
}

std::string GenerationPipeline::choice_json(const Choice& choice, size_t text) const {
  std::string generated = generated_text(text, choice.hypothesis.ids);
  if (!choice.is_finished) generated = without_broken_end(std::move(generated));
  return json_object({
      {"parent", json_number(choice.parent)},
      {"id", json_number(choice.token)},
      {"token", json_quote(model_.tokenizer.token(choice.token))},
      {"text", json_quote(generated)},
      {"log_probability", json_number(choice.log_probability)},
      {"score", json_number(choice.hypothesis.score)},
      {"finished", choice.is_finished ? "true" : "false"},
  });
}

std::string GenerationPipeline::candidate_json(const Candidate& candidate) const {
  return json_object({
      {"id", json_number(candidate.token)},
      {"token", json_quote(model_.tokenizer.token(candidate.token))},
      {"probability", json_number(candidate.probability)},
  });
}

std::string GenerationPipeline::result_json(const Hypothesis& result, size_t text) const {
  const std::string before = returns_full_text_ ? given_[text] : "";
  const size_t n_prompt = texts_[text].input.prompt.size();
  const auto generated = std::span<const int32_t>(result.ids).subspan(n_prompt);
  return json_object({
      {task_.result_field, json_quote(before + generated_text(text, result.ids))},
      {"score", json_number(result.score)},
      {"token_ids", json_array(generated, json_number<int32_t>)},
  });
}

std::string GenerationPipeline::results_json(size_t text) const {
  return json_array(generation_->results(text),
                    [&](const Hypothesis& result) { return result_json(result, text); });
}

}  // namespace glassformer
