// The model's way into the page: loading with progress, cancelled, failed, or ready.

import {
  GlassformerError,
  pipeline,
  type ByteCount,
  type ErrorCode,
  type TextClassificationPipeline,
} from "glassformer";

export interface Problem {
  code: ErrorCode;
  /** What the package said, for those who want to know. */
  message: string;
}

export type ModelStatus =
  | { kind: "loading"; bytes: ByteCount | null }
  | { kind: "cancelled" }
  | { kind: "failed"; problem: Problem }
  | { kind: "ready"; classify: TextClassificationPipeline };

export class ModelState {
  status = $state.raw<ModelStatus>({ kind: "cancelled" });
  #controller = new AbortController();

  async load(): Promise<void> {
    const controller = new AbortController();
    this.#controller = controller;
    this.status = { kind: "loading", bytes: null };
    try {
      const classify = await this.#pipeline(controller.signal);
      this.status = { kind: "ready", classify };
    } catch (thrown) {
      if (!controller.signal.aborted) this.status = { kind: "failed", problem: problemOf(thrown) };
    }
  }

  cancel(): void {
    this.#controller.abort();
    this.status = { kind: "cancelled" };
  }

  #pipeline(signal: AbortSignal): Promise<TextClassificationPipeline> {
    return pipeline("sentiment-analysis", null, {
      signal,
      progress_callback: (info) => {
        if (info.status !== "progress_total" || signal.aborted) return;
        this.status = { kind: "loading", bytes: { loaded: info.loaded, total: info.total } };
      },
    });
  }
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof GlassformerError) return { code: thrown.code, message: thrown.message };
  return { code: "INTERNAL", message: String(thrown) };
}
