#include "pipelines/question_answering.h"

#include <algorithm>
#include <functional>

#include "core/utf.h"
#include "pipelines/answer_spans.h"
#include "pipelines/word_alignment.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

constexpr std::string_view kTask = "question-answering";

struct AnswerOptions {
  size_t top_k = 1;
  size_t max_answer_len = 15;  // tokens
  size_t max_seq_len = 384;    // tokens of a window
  size_t doc_stride = 128;     // tokens that neighbouring windows share
  bool handle_impossible_answer = false;
  bool align_to_words = true;
  bool output_scores = false;
};

struct Answer {
  double score;      // 0 to 1
  uint32_t start;    // half-open in the context, in UTF-16 code units
  uint32_t end;      // 0, 0 for "no answer"
  std::string text;  // what stands there
};

/// An answer of one window, and what tells it from others.
struct Candidate {
  Answer answer;
  std::string key;  // its text in lower case
  size_t window;
};

std::string lower_case(std::string_view text) {
  std::string lower;
  for (size_t position = 0; position < text.size();) {
    const Lowercase c = to_lowercase(decode_utf8(text, position));
    append_utf8(lower, c.first);
    if (c.second != 0) append_utf8(lower, c.second);
  }
  return lower;
}

Candidate* find_same(std::vector<Candidate>& candidates, std::string_view key) {
  const auto found = std::ranges::find(candidates, key, &Candidate::key);
  return found == candidates.end() ? nullptr : &*found;
}

Candidate make_candidate(const Encoding& window, const TokenSpan& span, std::string_view text,
                         const AnswerOptions& options) {
  const Offset offset = options.align_to_words ? align_to_words(window, span.first, span.last, text)
                                               : Offset{window.offsets[span.first].start,
                                                        window.offsets[span.last].end};
  std::string answer = slice_utf16(text, offset.start, offset.end);
  std::string key = lower_case(answer);
  return {{span.score, offset.start, offset.end, std::move(answer)}, std::move(key), 0};
}

/// The answers of one window: several spans may read the same once they are whole words.
std::vector<Candidate> candidates_of(const Encoding& window, const SpanProbabilities& scores,
                                     std::string_view text, const AnswerOptions& options) {
  const size_t spans = 2 * options.top_k + 10;  // the reference's reserve for those
  std::vector<Candidate> candidates;
  for (const TokenSpan& span : best_spans(scores, window, spans, options.max_answer_len)) {
    Candidate candidate = make_candidate(window, span, text, options);
    if (Candidate* const same = find_same(candidates, candidate.key)) {
      same->answer.score += candidate.answer.score;
    } else {
      candidates.push_back(std::move(candidate));
    }
  }
  return candidates;
}

void merge(std::vector<Candidate>& all, std::vector<Candidate> of_window, size_t window) {
  for (Candidate& candidate : of_window) {
    candidate.window = window;
    Candidate* const same = find_same(all, candidate.key);
    if (!same) {
      all.push_back(std::move(candidate));
    } else if (candidate.answer.score > same->answer.score) {
      *same = std::move(candidate);
    }
  }
}

/// Windows that fit the model, of a question and context that have tokens.
Result<std::vector<Encoding>> make_windows(const PipelineModel& model, const TextInput& input,
                                           const AnswerOptions& options) {
  GF_ASSIGN(const Encoding pair, model.tokenizer.encode(input.text, input.pair, {}));
  const auto count = [&pair](int8_t sequence) {
    return static_cast<size_t>(std::ranges::count(pair.sequence_ids, sequence));
  };
  const size_t in_question = count(0), in_context = count(1);
  const auto empty = [](std::string_view which) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": ", which,
                ": expected text, got nothing but white space");
  };
  if (in_question == 0) return empty("question");
  if (in_context == 0) return empty("context");
  const size_t taken = pair.size() - in_context;
  if (taken >= options.max_seq_len) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": question: expected at most ",
                options.max_seq_len - std::min(options.max_seq_len, taken - in_question + 1),
                " tokens, so that the context has room, got ", in_question);
  }
  if (pair.size() <= options.max_seq_len) return std::vector{pair};
  if (taken + options.doc_stride >= options.max_seq_len) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": doc_stride: expected less than the ",
                options.max_seq_len - taken,
                " tokens of context that fit beside the question, got ", options.doc_stride);
  }
  return model.tokenizer.encode_windows(input.text, *input.pair,
                                        {options.max_seq_len, options.doc_stride});
}

/// Half of max_seq_len at most, unless the caller says otherwise, as in the reference.
Result<AnswerOptions> read_answer_options(RequestOptions& options, size_t max_positions) {
  AnswerOptions answer;
  GF_ASSIGN(answer.top_k, options.count_or("top_k", answer.top_k, {.min = 1}));
  GF_ASSIGN(answer.max_answer_len,
            options.count_or("max_answer_len", answer.max_answer_len, {.min = 1}));
  GF_ASSIGN(answer.max_seq_len,
            options.count_or("max_seq_len", std::min(answer.max_seq_len, max_positions),
                             {.min = 1, .max = max_positions}));
  GF_ASSIGN(answer.doc_stride,
            options.count_or("doc_stride", std::min(answer.doc_stride, answer.max_seq_len / 2)));
  GF_ASSIGN(answer.handle_impossible_answer, options.flag_or("handle_impossible_answer", false));
  GF_ASSIGN(answer.align_to_words, options.flag_or("align_to_words", true));
  GF_ASSIGN(answer.output_scores, options.flag_or("output_scores", false));
  return answer;
}

std::string to_json(const Answer& answer) {
  return json_object({{"score", json_number(answer.score)},
                      {"start", json_number(answer.start)},
                      {"end", json_number(answer.end)},
                      {"answer", json_quote(answer.text)}});
}

/// One question, its windows, and what was found in them so far.
struct Search {
  std::vector<Encoding> windows;
  std::vector<SpanProbabilities> probabilities;  // of the windows that were read
  std::vector<Candidate> candidates;
  double no_answer = 1;

  void add(SpanProbabilities scores, std::string_view text, const AnswerOptions& options) {
    const size_t window = probabilities.size();
    merge(candidates, candidates_of(windows[window], scores, text, options), window);
    no_answer = std::min<double>(no_answer, scores.no_answer);
    probabilities.push_back(std::move(scores));
  }

  /// The window of the best answer.
  size_t best() const {
    return std::ranges::max_element(candidates, {}, [](const auto& c) { return c.answer.score; })
        ->window;
  }

  PipelineOutput output(const AnswerOptions& options) {
    std::vector<Answer> answers;
    const size_t window = best();
    std::ranges::stable_sort(candidates, std::greater(),
                             [](const auto& c) { return c.answer.score; });
    for (Candidate& candidate : candidates) answers.push_back(std::move(candidate.answer));
    if (options.handle_impossible_answer) answers.push_back({no_answer, 0, 0, ""});
    std::ranges::stable_sort(answers, std::greater(), &Answer::score);
    answers.resize(std::min(options.top_k, answers.size()));
    PipelineOutput output{json_array(answers, to_json), std::move(windows[window])};
    if (options.output_scores) {
      const size_t n_tokens = output.encoding.size();
      output.tensors["start_scores"] = {std::move(probabilities[window].start), {n_tokens}};
      output.tensors["end_scores"] = {std::move(probabilities[window].end), {n_tokens}};
    }
    return output;
  }
};

}  // namespace

Result<std::vector<PipelineOutput>> run_question_answering(const PipelineModel& model,
                                                           std::span<const TextInput> inputs,
                                                           RequestOptions& request,
                                                           ForwardContext& context) {
  if (std::ranges::any_of(inputs, [](const TextInput& input) { return !input.pair; })) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": expected a question and a context");
  }
  GF_ASSIGN(const AnswerOptions options,
            read_answer_options(request, model.model.shape().max_positions));
  GF_TRY(request.finish());
  GF_TRY(require_head(model, kTask, {Head::kQuestionAnswering, "a question answering head"}));
  std::vector<Search> searches(inputs.size());
  std::vector<TokenInput> passes;
  std::vector<size_t> owners;  // of each pass: its question
  for (size_t i = 0; i < inputs.size(); ++i) {
    GF_ASSIGN(searches[i].windows, make_windows(model, inputs[i], options));
    if (context.interventions && names_tokens(*context.interventions) &&
        searches[i].windows.size() > 1) {
      return fail(ErrorCode::kUnsupported, kTask,
                  ": tokens can be changed where the context fits into one window");
    }
    for (const Encoding& window : searches[i].windows) {
      GF_ASSIGN(passes.emplace_back(), model_input(model, window, context));
      owners.push_back(i);
    }
  }
  const auto read = [&](const TextPass& pass) -> Result<void> {
    if (pass.logits.cols != 2) {
      return fail(ErrorCode::kUnsupported, kTask, ": expected a model with 2 outputs, got ",
                  pass.logits.cols);
    }
    Search& search = searches[owners[pass.text]];
    const Encoding& window = search.windows[search.probabilities.size()];
    search.add(span_probabilities(pass.logits, window), *inputs[owners[pass.text]].pair, options);
    return {};
  };
  // Of several windows the best is run again for the tracer.
  Tracer nobody;
  ForwardContext untraced{context.workspace, nobody, context.interventions};
  const bool is_one = passes.size() == 1;
  GF_TRY(forward_texts(model, passes, is_one ? context : untraced, read));
  if (!is_one && context.tracer.is_watching()) {
    GF_CHECK(inputs.size() == 1);
    const auto again = std::span(passes).subspan(searches[0].best(), 1);
    GF_TRY(
        forward_texts(model, again, context, [](const TextPass&) -> Result<void> { return {}; }));
  }
  std::vector<PipelineOutput> outputs;
  for (Search& search : searches) outputs.push_back(search.output(options));
  return outputs;
}

}  // namespace glassformer
