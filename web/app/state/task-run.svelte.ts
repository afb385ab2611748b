// One tab's work: its model, and what the model makes of the newest input.

import type { ModelFacts, PipelineOptions } from "glassformer";
import { untrack } from "svelte";
import { Latest } from "./latest.svelte.js";
import { ModelState } from "./model.svelte.js";

const kTypingPause = 150; // ms without a keystroke before the model runs

/** A pipeline, as far as all of them are alike. */
export interface AnyPipeline {
  readonly model: ModelFacts;
}

/** What a task does with an input, once its model is there. */
export type Ask<Pipeline, Input, Result> = (
  pipeline: Pipeline,
  input: Input,
  signal: AbortSignal,
) => Promise<Result>;

/** A task, for those who need not know what it gives. */
export interface Runner<Input> {
  readonly model: ModelState;
  readonly latest: Latest<unknown>;
  runNow(input: Input): void;
}

export class TaskRun<Pipeline extends AnyPipeline, Input, Result> implements Runner<Input> {
  readonly model: ModelState<Pipeline>;
  readonly latest = new Latest<Result>();
  readonly #load: (options: PipelineOptions) => Promise<Pipeline>;
  readonly #ask: Ask<Pipeline, Input, Result>;

  constructor(
    load: (options: PipelineOptions) => Promise<Pipeline>,
    ask: Ask<Pipeline, Input, Result>,
    model = new ModelState(load),
  ) {
    this.model = model;
    this.#load = load;
    this.#ask = ask;
  }

  /** Another input at the same time, for the same model. */
  beside(): TaskRun<Pipeline, Input, Result> {
    return new TaskRun(this.#load, this.#ask, this.model);
  }

  runNow(input: Input): void {
    const { pipeline } = this.model;
    if (pipeline) void this.latest.run((signal) => this.#ask(pipeline, input, signal));
  }
}

/**
 * Loads the model and runs it at once, then after each pause in typing. Call while a component is
 * being set up; both are tracked; null: there is nothing to run.
 */
export function runWhileTyping<Input>(run: () => Runner<Input>, input: () => Input | null): void {
  let isFirst = true;
  $effect(() => {
    const now = input();
    const runner = run();
    untrack(() => runner.model.ensure());
    if (!runner.model.pipeline || now === null) return;
    const timer = setTimeout(() => runner.runNow(now), isFirst ? 0 : kTypingPause);
    isFirst = false;
    return () => clearTimeout(timer);
  });
}
