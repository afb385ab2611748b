// What the client may ask of the worker. Everything here crosses a postMessage: plain data and
// transferred buffers only.

import { GlassformerError, messageOf, type ErrorCode } from "../errors.js";
import type { EngineFacts, EngineWish } from "./engine-choice.js";
import type { ProgressCallback } from "../progress.js";
import type { AttentionKind, EngineTensor, EngineTokens, ModelInfo, Stream } from "../seam.js";

/**
 * A folder with a manifest that says each file's size and hash, or a repository laid out as on the
 * Hub. In a manifest a model is found by its id, or the first one for a task and a pair of
 * languages.
 */
export type ModelSource =
  | { kind: "manifest"; folder: string; id: string; choice?: ModelChoice }
  | { kind: "hub"; host: string; template: string; id: string; revision: string };

export interface ModelChoice {
  /** As the manifest has it. */
  task: string;
  /** From one language to the other; any when left out. */
  languages?: string[];
}

export interface LoadSpec {
  source: ModelSource;
  task: string;
  dtype: string;
  /** Counts for the first model of a worker: all share one engine. */
  engine: EngineWish;
  useBrowserCache: boolean;
}

export interface LoadedModel {
  handle: number;
  id: string;
  info: Omit<ModelInfo, "status">;
  engine: Readonly<EngineFacts>;
}

export interface RunRequest {
  task: string;
  texts: string[];
  /** The second text of each, or none of any. */
  pairs: string[];
  /** A JSON object. */
  options: string;
}

/** What was not asked for, or what the model does not have, is an empty tensor. */
export interface RunAnswer {
  /** As the task's pipeline in the engine writes it. */
  output: unknown;
  /** Arrays that the task gives besides, by name. */
  tensors: Record<string, EngineTensor>;
  tokens: EngineTokens;
  attentions: Record<AttentionKind, EngineTensor>;
  hiddenStates: Record<Stream, EngineTensor>;
}

export interface GenerationRequest {
  task: string;
  texts: string[];
  /** A JSON object. */
  options: string;
  /** Of every finished sequence. */
  traces: { attentions: boolean; hiddenStates: boolean };
}

/** A token that a sequence may get. */
export interface Candidate {
  id: number;
  token: string;
  probability: number;
}

/** A sequence after a step. */
export interface StepHypothesis {
  /** Which of the unfinished hypotheses of the step before it continues. */
  parent: number;
  id: number;
  token: string;
  /** All that was generated so far. */
  text: string;
  log_probability: number;
  /** The sum of all log-probabilities; of a finished hypothesis, its final score. */
  score: number;
  finished: boolean;
}

/** What a step did for one text. */
export interface TextStep {
  index: number;
  finished: boolean;
  /** Those that go on, then those that are finished. */
  hypotheses: StepHypothesis[];
  /** The likeliest next tokens of each unfinished hypothesis of the step before. */
  candidates: Candidate[][];
}

/** `texts` has those that were running: none in a step that only reads a source. */
export interface EngineStep {
  step: number;
  texts: TextStep[];
}

/** A generated text, as the engine writes it; its text is called as the task has it. */
export interface EngineSequence {
  score: number;
  token_ids: number[];
  [text: string]: string | number | number[];
}

export interface SequenceTrace {
  tokens: EngineTokens;
  attentions: Record<AttentionKind, EngineTensor>;
  hiddenStates: Record<Stream, EngineTensor>;
}

/** One entry per text. */
export interface GenerationAnswer {
  sequences: EngineSequence[][];
  tokens: EngineTokens[];
  /** As many as sequences where traces were asked for; else none. */
  traces: SequenceTrace[][];
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
  /** An answer for each text. */
  run(handle: number, request: RunRequest): Outcome<RunAnswer[]>;
  /** `ticket` names this generation for `abortGeneration`, which ends it within one step. */
  generate(
    ticket: number,
    handle: number,
    request: GenerationRequest,
    onStep: ((step: EngineStep) => void) | undefined,
  ): Promise<Outcome<GenerationAnswer>>;
  abortGeneration(ticket: number): void;
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
