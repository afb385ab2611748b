// Question answering: the stretches of a context that answer a question, as transformers'
// QuestionAnsweringPipeline (4.x). A context of any length is read in overlapping windows.
#pragma once

#include <string>
#include <vector>

#include "pipelines/answer_spans.h"
#include "pipelines/pipeline.h"

namespace glassformer {

struct AnswerOptions {
  size_t top_k = 1;
  size_t max_answer_len = 15;  // tokens
  size_t max_seq_len = 384;    // tokens of a window
  size_t doc_stride = 128;     // tokens that neighbouring windows share
  bool handle_impossible_answer = false;
  bool align_to_words = true;
};

struct Answer {
  double score;      // 0 to 1
  uint32_t start;    // half-open in the context, in UTF-16 code units
  uint32_t end;      // 0, 0 for "no answer"
  std::string text;  // what stands there
};

/// Answers, best first, and the window that gave the best span.
struct Answers {
  std::vector<Answer> list;
  Encoding window;
  SpanProbabilities probabilities;  // of its tokens
};

/// The top_k best answers, no two with the same text (but for case). Spans of one window that read
/// the same share one answer, to which their scores add up; of several windows the best counts,
/// because each is a distribution of its own. With handle_impossible_answer, "" competes with the
/// least "no answer" score of all windows. The traced pass is that of the best answer's window.
/// kInvalidArgument for an empty question or context, or a question that leaves no room for it.
Result<Answers> answer_question(const PipelineModel& model, const TextInput& input,
                                const AnswerOptions& options, ForwardContext& context);

/// [{"score","start","end","answer"}, ...]; the text is the question, the pair the context.
/// Options: those of AnswerOptions, and output_scores for the tensors "start_scores" and
/// "end_scores" [n_tokens] of the best answer's window.
Result<PipelineOutput> run_question_answering(const PipelineModel& model, const TextInput& input,
                                              RequestOptions& options, ForwardContext& context);

}  // namespace glassformer
