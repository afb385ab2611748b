// What question answering takes and gives, as Hugging Face has it.

import type { Facts, TokenFacts, TraceOptions } from "./facts-types.js";
import type { PipelineBase } from "./make-pipeline.js";

export interface QuestionInput {
  question: string;
  /** Of any length: it is read in overlapping windows. */
  context: string;
}

export interface AnswerOptions extends TraceOptions {
  /** How many answers, best first, no two with the same text. Default 1. */
  top_k?: number;
  /** Tokens that neighbouring windows share. Default 128, half of max_seq_len at most. */
  doc_stride?: number;
  /** Tokens of a window, question included. Default 384, or what the model can read. */
  max_seq_len?: number;
  /** Tokens of an answer. Default 15. */
  max_answer_len?: number;
  /** Let "" compete, with start and end 0: no answer. Default false. */
  handle_impossible_answer?: boolean;
  /** Widen answers to whole words, where the writing shows them. Default true. */
  align_to_words?: boolean;
  /** Also give `tokens`, `start_scores` and `end_scores`. */
  output_scores?: boolean;
}

export interface Answer {
  /** A probability, 0 to 1. */
  score: number;
  /** Half-open in the context, in UTF-16 code units: `context.slice(start, end)` is the answer. */
  start: number;
  end: number;
  answer: string;
}

/** Given with `output_scores`, for the tokens of the window that the best answer is from. */
export interface SpanScoreFacts {
  /** The probability that the answer starts at each token; the first token stands for no answer. */
  start_scores: Float32Array;
  end_scores: Float32Array;
}

/** What is known besides of the window that the best answer is from. */
export type AnswerFacts<O> = Facts<O> &
  (O extends { output_scores: true } ? TokenFacts & SpanScoreFacts : unknown);

/** One answer, or an array of them when top_k says so. */
export type AnswerResult<O = object> = (O extends { top_k: infer K }
  ? K extends 1
    ? Answer
    : Answer[]
  : Answer) &
  AnswerFacts<O>;

export interface QuestionAnsweringPipeline extends PipelineBase<"question-answering"> {
  <const O extends AnswerOptions>(
    question: string,
    context: string,
    options?: O,
  ): Promise<AnswerResult<O>>;
  <const O extends AnswerOptions>(input: QuestionInput, options?: O): Promise<AnswerResult<O>>;
  <const O extends AnswerOptions>(
    inputs: readonly QuestionInput[],
    options?: O,
  ): Promise<AnswerResult<O>[]>;
}
