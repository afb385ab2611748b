// A model's way into the page: loading with progress, cancelled, failed, or ready.

import type { ByteCount, ModelFacts, PipelineOptions, ProgressCallback } from "glassformer";
import { problemOf, type Problem } from "./problem.js";

/** Every pipeline is a function that knows its model. */
interface Loaded {
  readonly model: ModelFacts;
}

export type ModelStatus =
  | { kind: "idle" }
  | { kind: "loading"; bytes: ByteCount | null }
  | { kind: "cancelled" }
  | { kind: "failed"; problem: Problem }
  | { kind: "ready" };

type Load<Pipeline> = (options: PipelineOptions) => Promise<Pipeline>;

export class ModelState<Pipeline extends Loaded = Loaded> {
  status = $state.raw<ModelStatus>({ kind: "idle" });
  pipeline = $state.raw<Pipeline | null>(null);
  readonly #load: Load<Pipeline>;
  #controller = new AbortController();

  constructor(load: Load<Pipeline>) {
    this.#load = load;
  }

  /** Loads unless that was asked for before. */
  ensure(): void {
    if (this.status.kind === "idle") void this.load();
  }

  async load(): Promise<void> {
    const { signal } = (this.#controller = new AbortController());
    this.status = { kind: "loading", bytes: null };
    try {
      this.pipeline = await this.#load({ signal, progress_callback: this.#progress(signal) });
      this.status = { kind: "ready" };
    } catch (thrown) {
      if (!signal.aborted) this.status = { kind: "failed", problem: problemOf(thrown) };
    }
  }

  cancel(): void {
    this.#controller.abort();
    this.status = { kind: "cancelled" };
  }

  #progress(signal: AbortSignal): ProgressCallback {
    return (info) => {
      if (info.status !== "progress_total" || signal.aborted) return;
      this.status = { kind: "loading", bytes: { loaded: info.loaded, total: info.total } };
    };
  }
}
