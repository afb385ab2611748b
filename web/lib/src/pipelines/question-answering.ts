// Question answering: which stretch of a context answers, and how sure.

import type { ModelLease } from "../client/model-lease.js";
import type { RunAnswer } from "../worker/api.js";
import { factsOf, tokenFacts } from "./facts.js";
import { makePipeline } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import type {
  Answer,
  AnswerOptions,
  QuestionAnsweringPipeline,
  QuestionInput,
} from "./question-answering-types.js";
import { readInputs, readWish, runTexts } from "./request.js";

const kTask = "question-answering";
const kExpected = "a question and a context, both strings";
const kOptions = [
  ...["top_k", "doc_stride", "max_seq_len", "max_answer_len"],
  ...["handle_impossible_answer", "align_to_words", "output_scores"],
];

export function createQuestionAnswering(
  model: ModelFacts,
  lease: ModelLease,
): QuestionAnsweringPipeline {
  const answer = async (...args: unknown[]) => {
    const [input, options] = readArguments(args);
    const wish = readWish(kTask, options, kOptions);
    const questions = readInputs(kTask, input, kExpected, readInput);
    const texts = questions.map(({ question, context }) => ({ text: question, pair: context }));
    const answers = await runTexts(lease, kTask, texts, wish);
    const results = answers.map((one, i) => resultOf(one, questions[i]!.context, options));
    return Array.isArray(input) ? results : results[0];
  };
  return makePipeline(kTask, model, lease, answer) as unknown as QuestionAnsweringPipeline;
}

/** (question, context, options) or (input, options). */
function readArguments(args: unknown[]): [input: unknown, options: AnswerOptions] {
  if (typeof args[0] !== "string") return [args[0], (args[1] ?? {}) as AnswerOptions];
  const [question, context, options = {}] = args;
  return [{ question, context }, options as AnswerOptions];
}

function readInput(value: unknown): QuestionInput | undefined {
  const { question, context } = (value ?? {}) as Partial<QuestionInput>;
  if (typeof question === "string" && typeof context === "string") return { question, context };
  return undefined;
}

/** Answers are cut from the caller's own string, so that they are equal to it in every unit. */
function resultOf(answer: RunAnswer, context: string, options: AnswerOptions) {
  const answers = (answer.output as Answer[]).map(({ score, start, end }) => ({
    ...{ score, start, end },
    answer: context.slice(start, end),
  }));
  const { top_k } = options;
  const result = (top_k ?? 1) === 1 ? answers[0]! : answers;
  return Object.assign(result, factsOf(answer, options), scoresOf(answer, options));
}

function scoresOf({ tokens, tensors }: RunAnswer, options: AnswerOptions) {
  if (!options.output_scores) return {};
  const { start_scores, end_scores } = tensors;
  return {
    ...tokenFacts(tokens),
    start_scores: start_scores!.data,
    end_scores: end_scores!.data,
  };
}
