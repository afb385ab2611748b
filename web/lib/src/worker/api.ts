// What the client may ask of the worker. Everything here crosses a postMessage: plain data and
// transferred buffers only.

import { GlassformerError, messageOf, type ErrorCode } from "../errors.js";
import type { ProgressCallback } from "../progress.js";
import type { EngineTensor, EngineTokens, LabelScore, ModelInfo, RunRequest } from "../seam.js";

/**
 * A folder with a manifest that says each file's size and hash, or a repository laid out as on the
 * Hub.
 */
export type ModelSource =
  | { kind: "manifest"; folder: string; id: string }
  | { kind: "hub"; host: string; template: string; id: string; revision: string };

export interface LoadSpec {
  source: ModelSource;
  task: string;
  dtype: string;
  useBrowserCache: boolean;
}

export interface LoadedModel {
  handle: number;
  info: Omit<ModelInfo, "status">;
}

export interface RunAnswer {
  labels: LabelScore[];
  tokens: EngineTokens;
  attentions: EngineTensor;
  hiddenStates: EngineTensor;
}

export interface Failure {
  /** "ABORTED" answers an abort; the client has rejected with the signal's own reason by then. */
  code: ErrorCode | "ABORTED";
  message: string;
  /** The engine is unusable from here on, and so is the worker. */
  fatal: boolean;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface EngineWorkerApi {
  /** `ticket` names this load for `abortLoad`. */
  load(ticket: number, spec: LoadSpec, onProgress: ProgressCallback): Promise<Outcome<LoadedModel>>;
  abortLoad(ticket: number): void;
  run(handle: number, request: RunRequest): Outcome<RunAnswer>;
  close(handle: number): void;
}

export function failed(thrown: unknown): Outcome<never> {
  if (thrown instanceof GlassformerError) {
    return { ok: false, failure: { code: thrown.code, message: thrown.message, fatal: false } };
  }
  const isAbort = thrown instanceof DOMException && thrown.name === "AbortError";
  const code = isAbort ? "ABORTED" : "INTERNAL";
  return { ok: false, failure: { code, message: messageOf(thrown), fatal: !isAbort } };
}
