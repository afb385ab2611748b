// An occlusion under way: what is measured so far, and how to end it.

import { problemOf, type Problem } from "../../state/problem.js";
import { occlude, type Occluded, type Subject } from "./occlusion.js";

export class OcclusionRun {
  result = $state.raw<Occluded | null>(null);
  problem = $state.raw<Problem | null>(null);
  isRunning = $state(false);
  #controller = new AbortController();

  /** Ends the one before. */
  async start(prepare: (signal: AbortSignal) => Promise<Subject>): Promise<void> {
    this.#controller.abort();
    const { signal } = (this.#controller = new AbortController());
    this.result = this.problem = null;
    this.isRunning = true;
    try {
      const subject = await prepare(signal);
      for await (const result of occlude(subject, signal)) {
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
