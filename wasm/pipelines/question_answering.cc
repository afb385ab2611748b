#include "pipelines/question_answering.h"

#include <algorithm>
#include <functional>

#include "core/utf.h"
#include "pipelines/word_alignment.h"
#include "text/unicode.h"

namespace glassformer {

namespace {

constexpr std::string_view kTask = "question-answering";

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

Result<SpanProbabilities> read_window(const PipelineModel& model, const Encoding& window,
                                      ForwardContext& context) {
  const Workspace::Scope scope(context.workspace);
  GF_ASSIGN(const TokenInput input, model_input(model, window, context));
  const Matrix logits = model.model.forward(input, context);  // [n_tokens, 2]
  if (logits.cols != 2) {
    return fail(ErrorCode::kUnsupported, kTask, ": expected a model with 2 outputs, got ",
                logits.cols);
  }
  return span_probabilities(logits, window);
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
  return answer;
}

std::string to_json(const Answer& answer) {
  return json_object({{"score", json_number(answer.score)},
                      {"start", json_number(answer.start)},
                      {"end", json_number(answer.end)},
                      {"answer", json_quote(answer.text)}});
}

}  // namespace

Result<Answers> answer_question(const PipelineModel& model, const TextInput& input,
                                const AnswerOptions& options, ForwardContext& context) {
  GF_TRY(require_head(model, kTask, {Head::kQuestionAnswering, "a question answering head"}));
  GF_ASSIGN(std::vector<Encoding> windows, make_windows(model, input, options));
  if (context.interventions && names_tokens(*context.interventions) && windows.size() > 1) {
    return fail(ErrorCode::kUnsupported, kTask,
                ": tokens can be changed where the context fits into one window");
  }
  Tracer nobody;
  ForwardContext untraced{context.workspace, nobody, context.interventions};
  const bool is_one = windows.size() == 1;  // else the best is run again for the tracer
  std::vector<Candidate> candidates;
  std::vector<SpanProbabilities> probabilities;
  double no_answer = 1;
  for (size_t i = 0; i < windows.size(); ++i) {
    GF_ASSIGN(SpanProbabilities scores,
              read_window(model, windows[i], is_one ? context : untraced));
    merge(candidates, candidates_of(windows[i], scores, *input.pair, options), i);
    no_answer = std::min<double>(no_answer, scores.no_answer);
    probabilities.push_back(std::move(scores));
  }
  std::ranges::stable_sort(candidates, std::greater(),
                           [](const auto& c) { return c.answer.score; });
  const size_t best = candidates.front().window;
  if (!is_one && context.tracer.is_watching()) {
    GF_TRY(read_window(model, windows[best], context));
  }
  Answers answers{{}, std::move(windows[best]), std::move(probabilities[best])};
  for (Candidate& candidate : candidates) answers.list.push_back(std::move(candidate.answer));
  if (options.handle_impossible_answer) answers.list.push_back({no_answer, 0, 0, ""});
  std::ranges::stable_sort(answers.list, std::greater(), &Answer::score);
  answers.list.resize(std::min(options.top_k, answers.list.size()));
  return answers;
}

Result<PipelineOutput> run_question_answering(const PipelineModel& model, const TextInput& input,
                                              RequestOptions& options, ForwardContext& context) {
  if (!input.pair) {
    return fail(ErrorCode::kInvalidArgument, kTask, ": expected a question and a context");
  }
  GF_ASSIGN(const AnswerOptions wish,
            read_answer_options(options, model.model.shape().max_positions));
  GF_ASSIGN(const bool output_scores, options.flag_or("output_scores", false));
  GF_TRY(options.finish());
  GF_ASSIGN(Answers answers, answer_question(model, input, wish, context));
  PipelineOutput output{json_array(answers.list, to_json), std::move(answers.window)};
  if (output_scores) {
    const size_t n_tokens = output.encoding.size();
    output.tensors["start_scores"] = {std::move(answers.probabilities.start), {n_tokens}};
    output.tensors["end_scores"] = {std::move(answers.probabilities.end), {n_tokens}};
  }
  return output;
}

}  // namespace glassformer
