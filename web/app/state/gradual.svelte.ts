// Something that is measured bit by bit: what is known so far, and how to end it.

import { problemOf, type Problem } from "./problem.js";

export class Gradual<Result> {
  result = $state.raw<Result | null>(null);
  problem = $state.raw<Problem | null>(null);
  isRunning = $state(false);
  #controller = new AbortController();

  /** Ends the one before. Each result that `measure` yields takes the place of the one before. */
  async run(measure: (signal: AbortSignal) => AsyncIterable<Result>): Promise<void> {
    this.#controller.abort();
    const { signal } = (this.#controller = new AbortController());
    this.result = this.problem = null;
    this.isRunning = true;
    try {
      for await (const result of measure(signal)) {
        if (signal.aborted) return;
        this.result = result;
      }
    } catch (thrown) {
      if (!signal.aborted) this.problem = problemOf(thrown);
    } finally {
      if (!signal.aborted) this.isRunning = false;
    }
  }

  /** What is measured stays. */
  stop(): void {
    this.#controller.abort();
    this.isRunning = false;
  }
}
