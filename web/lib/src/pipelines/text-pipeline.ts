// Pipelines that take a text, or an array of texts, and give something for each.

import type { ModelLease } from "../client/model-lease.js";
import type { RunAnswer } from "../worker/api.js";
import type { TraceOptions } from "./facts-types.js";
import { makePipeline } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import { readInputs, readString, readWish, runTexts } from "./request.js";

export interface TextTask<Task extends string, O extends TraceOptions, R> {
  task: Task;
  /** Its own options; those of every task are known. */
  options: readonly string[];
  resultOf: (answer: RunAnswer, options: O) => R;
  /** What an array of texts gives; the array of their results when left out. */
  batchOf?: (results: R[], options: O) => unknown;
}

export function createTextPipeline<Task extends string, O extends TraceOptions, R>(
  { task, options: known, resultOf, batchOf = (results) => results }: TextTask<Task, O, R>,
  model: ModelFacts,
  lease: ModelLease,
) {
  const run = async (input: unknown, options: O = {} as O) => {
    const wish = readWish(task, options, known);
    const texts = readInputs(task, input, "a string", readString).map((text) => ({ text }));
    const answers = await runTexts(lease, task, texts, wish);
    const results = answers.map((answer) => resultOf(answer, options));
    return Array.isArray(input) ? batchOf(results, options) : results[0];
  };
  return makePipeline(task, model, lease, run);
}
