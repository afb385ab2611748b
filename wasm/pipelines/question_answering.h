// Question answering: the stretches of a context that answer a question, as transformers'
// QuestionAnsweringPipeline (4.x). A context of any length is read in overlapping windows.
#pragma once

#include "pipelines/pipeline.h"

namespace glassformer {

/// [{"score","start","end","answer"}, ...] for each question (the text) about its context (the
/// pair), best first, no two with the same text (but for case). The score is 0 to 1; start and end
/// are half-open in the context, in UTF-16 code units.
///
/// Spans of one window that read the same share one answer, to which their scores add up; of
/// several windows the best counts, because each is a distribution of its own. The traced pass is
/// that of the best answer's window.
///
/// Options: top_k (1), max_answer_len (15 tokens), max_seq_len (384 tokens of a window), doc_stride
/// (128 tokens that neighbouring windows share), handle_impossible_answer (false; true: "" competes
/// with the least "no answer" score of all windows), align_to_words (true), and output_scores for
/// the tensors "start_scores" and "end_scores" [n_tokens] of the best answer's window.
///
/// kInvalidArgument for an empty question or context, or a question that leaves no room for it.
Result<std::vector<PipelineOutput>> run_question_answering(const PipelineModel& model,
                                                           std::span<const TextInput> inputs,
                                                           RequestOptions& options,
                                                           ForwardContext& context);

}  // namespace glassformer
