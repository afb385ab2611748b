// A model that writes, and what it has written so far.

import type { GenerationOptions, GenerationStep, PipelineOptions } from "glassformer";
import { Latest } from "../../state/latest.svelte.js";
import { ModelState } from "../../state/model.svelte.js";
import type { AnyPipeline, Runner } from "../../state/task-run.svelte.js";
import { addStep, type GenerationReading } from "./reading.js";
import type { Step } from "./steps.js";

/** `more`: besides what the page always asks for, or instead of it. */
type Generate<Pipeline, Input> = (
  pipeline: Pipeline,
  input: Input,
  more: GenerationOptions,
) => Promise<GenerationReading>;

export class GenerationRun<Pipeline extends AnyPipeline, Input> implements Runner<Input> {
  readonly model: ModelState<Pipeline>;
  readonly latest = new Latest<GenerationReading>();
  /** What it was given for that: the page may have a newer input. */
  input = $state.raw<Input | null>(null);
  /** What the newest input has given so far. */
  text = $state("");
  /** By sentence. */
  steps = $state.raw<Step[][]>([]);
  readonly #generate: Generate<Pipeline, Input>;

  constructor(
    load: (options: PipelineOptions) => Promise<Pipeline>,
    generate: Generate<Pipeline, Input>,
  ) {
    this.model = new ModelState(load);
    this.#generate = generate;
  }

  runNow(input: Input): void {
    const { pipeline } = this.model;
    if (!pipeline) return;
    this.input = input;
    this.text = "";
    this.steps = [];
    this.latest.result = null;
    void this.latest.run((signal) => {
      const on_step = (step: GenerationStep) => {
        if (!signal.aborted) this.#note(step);
      };
      return this.#generate(pipeline, input, { signal, on_step });
    });
  }

  /** The same again with other options; nothing of it is noted here. */
  again(input: Input, more: GenerationOptions): Promise<GenerationReading> {
    return this.#generate(this.model.pipeline!, input, more);
  }

  stop(): void {
    this.latest.stop();
  }

  #note(step: GenerationStep): void {
    this.text = step.texts[0] ?? "";
    this.steps = addStep(this.steps, step);
  }
}
