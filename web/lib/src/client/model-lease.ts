// One pipeline's share in a model. The model stays in memory until its last lease is given back.

import type {
  EngineStep,
  GenerationAnswer,
  GenerationRequest,
  LoadedModel,
  RunAnswer,
  RunRequest,
} from "../worker/api.js";

export interface GenerationWaiter {
  signal?: AbortSignal | undefined;
  onStep?: ((step: EngineStep) => void) | undefined;
}

export interface ModelLease {
  readonly id: string;
  readonly info: LoadedModel["info"];
  readonly engine: LoadedModel["engine"];
  /** An answer for each text. Runs when all earlier requests are done. */
  run(request: RunRequest, signal?: AbortSignal): Promise<RunAnswer[]>;
  /** As run(); an abort ends it within one step, and then the next request runs. */
  generate(request: GenerationRequest, waiter: GenerationWaiter): Promise<GenerationAnswer>;
  /** Resolves when the requests made before it are done and the lease is given back. */
  release(): Promise<void>;
}
