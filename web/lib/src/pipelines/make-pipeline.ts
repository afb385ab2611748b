// What every pipeline is: a function with a few properties, and an end.

import type { ModelLease } from "../client/model-lease.js";
import { GlassformerError } from "../errors.js";
import type { EngineFacts } from "../worker/engine-choice.js";
import type { ModelFacts } from "./model-facts.js";

export interface PipelineBase<Task extends string> {
  readonly task: Task;
  readonly model: ModelFacts;
  /** Which build of the engine runs it, with how many threads. */
  readonly engine: Readonly<EngineFacts>;
  /** Frees the model once the requests made before are done. Later calls reject. */
  dispose(): Promise<void>;
}

/** `run` with the properties of a pipeline; it is not called any more after dispose(). */
export function makePipeline<Task extends string, A extends unknown[]>(
  task: Task,
  model: ModelFacts,
  lease: ModelLease,
  run: (...args: A) => Promise<unknown>,
): PipelineBase<Task> & ((...args: A) => Promise<unknown>) {
  let isDisposed = false;
  const call = async (...args: A) => {
    if (isDisposed)
      throw new GlassformerError("INVALID_ARGUMENT", `${task}: this pipeline was disposed of`);
    return run(...args);
  };
  const dispose = () => {
    isDisposed = true;
    return lease.release();
  };
  return Object.assign(call, { task, model, engine: lease.engine, dispose });
}
