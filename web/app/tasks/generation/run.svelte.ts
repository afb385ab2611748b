// A model that writes, and what it has written so far.

import type { GenerationStep, PipelineOptions } from "glassformer";
import { Latest } from "../../state/latest.svelte.js";
import { ModelState } from "../../state/model.svelte.js";
import type { AnyPipeline, Runner } from "../../state/task-run.svelte.js";
import { addStep, type GenerationReading } from "./reading.js";
import type { Step } from "./steps.js";

export interface Listening {
  signal: AbortSignal;
  on_step: (step: GenerationStep) => void;
}

type Generate<Pipeline, Input> = (
  pipeline: Pipeline,
  input: Input,
  listening: Listening,
) => Promise<GenerationReading>;

export class GenerationRun<Pipeline extends AnyPipeline, Input> implements Runner<Input> {
  readonly model: ModelState<Pipeline>;
  readonly latest = new Latest<GenerationReading>();
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

  stop(): void {
    this.latest.stop();
  }

  #note(step: GenerationStep): void {
    this.text = step.texts[0] ?? "";
    this.steps = addStep(this.steps, step);
  }
}
