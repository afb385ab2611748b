// What the model makes of the newest input: an older request is aborted, and its answer never
// shown.

import { problemOf, type Problem } from "./problem.js";

export class Latest<Result> {
  result = $state.raw<Result | null>(null);
  problem = $state.raw<Problem | null>(null);
  isRunning = $state(false);
  #controller = new AbortController();

  async run(ask: (signal: AbortSignal) => Promise<Result>): Promise<void> {
    this.#controller.abort();
    const { signal } = (this.#controller = new AbortController());
    this.isRunning = true;
    try {
      const result = await ask(signal);
      if (signal.aborted) return;
      this.result = result;
      this.problem = null;
    } catch (thrown) {
      if (!signal.aborted) this.problem = problemOf(thrown);
    } finally {
      if (!signal.aborted) this.isRunning = false;
    }
  }

  /** Nothing of the running request will be shown. */
  stop(): void {
    this.#controller.abort();
    this.isRunning = false;
  }
}
