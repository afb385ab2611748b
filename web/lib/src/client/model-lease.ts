// One pipeline's share in a model. The model stays in memory until its last lease is given back.

import type { RunRequest } from "../seam.js";
import type { LoadedModel, RunAnswer } from "../worker/api.js";

export interface ModelLease {
  readonly info: LoadedModel["info"];
  /** Runs when all earlier requests are done. */
  run(request: RunRequest, signal?: AbortSignal): Promise<RunAnswer>;
  /** Resolves when the requests made before it are done and the lease is given back. */
  release(): Promise<void>;
}
