// Question answering as the page asks for it: the best answers, how likely the answer begins and
// ends at each token, and the attention.

import { pipeline, type Answer, type QuestionAnsweringPipeline } from "glassformer";
import { kNoChanges, maskOptions, type Changes } from "../../state/changes.js";
import { TaskRun } from "../../state/task-run.svelte.js";
import { tokensOf, type Token } from "../../state/tokens.js";
import { selfAttention, type Trace } from "../../state/trace.js";
import type { Stoppable } from "../../views/stopped/stopped.js";

const kAnswers = 3;

export interface QaInput {
  question: string;
  context: string;
}

export interface QaReading {
  /** What was asked: the texts of the page may be newer. */
  input: QaInput;
  /** Best first. */
  answers: Answer[];
  tokens: readonly Token[];
  /** Of each token in its text, half-open, in UTF-16 code units. */
  offsets: readonly (readonly [start: number, end: number])[];
  /** true for tokens of the text, not of the question. */
  isContext: readonly boolean[];
  /** For each token, the probability that the answer starts there, and that it ends there. */
  starts: Float32Array;
  ends: Float32Array;
  trace: Trace;
}

export function qaRun() {
  return new TaskRun<QuestionAnsweringPipeline, QaInput, QaReading>(
    (options) => pipeline("question-answering", null, options),
    (answer, input, signal) => read(answer, input, kNoChanges, signal),
  );
}

export async function read(
  answer: QuestionAnsweringPipeline,
  input: QaInput,
  changes: Changes,
  signal: AbortSignal,
): Promise<QaReading> {
  const result = await answer(input, {
    top_k: kAnswers,
    handle_impossible_answer: true,
    output_attentions: true,
    output_scores: true,
    ...maskOptions(changes),
    signal,
  });
  const isContext = result.sequence_ids.map((text) => text === 1);
  const tokens = tokensOf(result, (i) => (isContext[i] ? input.context : input.question));
  const states = async (signal: AbortSignal) => {
    const wish = { output_hidden_states: true, ...maskOptions(changes) } as const;
    return (await answer(input, { ...wish, signal })).hidden_states;
  };
  return {
    input,
    answers: [...result],
    tokens,
    offsets: result.offsets,
    isContext,
    starts: result.start_scores,
    ends: result.end_scores,
    trace: [selfAttention(tokens, result.attentions, states)],
  };
}

/** What is asked again without the last layers: the best answer. */
export function stoppableOf(
  answer: QuestionAnsweringPipeline,
  { input, answers, trace }: QaReading,
): Stoppable<Answer> {
  return {
    layers: trace[0]!.layers,
    full: answers[0]!,
    answerWithout: (skip_layers, signal) =>
      answer(input, { handle_impossible_answer: true, skip_layers, signal }),
  };
}
