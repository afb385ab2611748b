// `pipeline()`: from a task's name to a function that does it.

import { EngineClient } from "./client/engine-client.js";
import { spawnWorker } from "./client/spawn-worker.js";
import { env, type Env } from "./env.js";
import { GlassformerError } from "./errors.js";
import { modelSource } from "./model-source.js";
import { invalid, readOneOf, readSignal, refuseUnknown } from "./options.js";
import { modelFacts } from "./pipelines/model-facts.js";
import {
  kTasks,
  type PipelineByTask,
  type TaskEntry,
  type TaskName,
} from "./pipelines/registry.js";
import type { ProgressCallback } from "./progress.js";
import type { LoadSpec } from "./worker/api.js";

/**
 * How weights are held in memory. "auto": as the file has them; "q8": int8 with a scale for each
 * output.
 */
export type Dtype = "auto" | "fp32" | "q8";

export interface PipelineOptions {
  progress_callback?: ProgressCallback;
  /** Ends the download; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  dtype?: Dtype;
  /** Branch, tag or commit of a model on the Hub. Default "main". */
  revision?: string;
}

const kOptions = ["progress_callback", "signal", "dtype", "revision"] as const;
const kDtypes: readonly Dtype[] = ["auto", "fp32", "q8"];

export interface Host {
  client: EngineClient;
  env: Env;
  /** What relative model paths are relative to. */
  pageUrl: string;
}

let defaultClient: EngineClient | undefined;

/**
 * Loads a model, in a worker, and resolves with a function that runs it.
 *
 * @param task  "sentiment-analysis", or "text-classification", which is the same
 * @param model  a model of `env.localModelPath`, or `owner/name` on the Hub; the task's own model when left out
 * @throws GlassformerError, or the signal's reason
 */
export function pipeline<T extends TaskName>(
  task: T,
  model?: string | null,
  options?: PipelineOptions,
): Promise<PipelineByTask[T]> {
  const client = (defaultClient ??= new EngineClient(spawnWorker));
  const pageUrl = globalThis.document?.baseURI ?? globalThis.location.href;
  return createPipeline({ client, env, pageUrl }, task, model, options);
}

/** `pipeline()` with its surroundings as an argument. */
export async function createPipeline<T extends TaskName>(
  host: Host,
  task: T,
  model?: string | null,
  options: PipelineOptions = {},
): Promise<PipelineByTask[T]> {
  refuseUnknown("pipeline", options, kOptions);
  const entry = entryFor(task);
  const id = model ?? entry.defaultModel;
  const onProgress = readCallback(options.progress_callback);
  const signal = readSignal("pipeline", options.signal);
  const lease = await host.client.acquire(loadSpec(host, entry, id, options), {
    signal,
    onProgress,
  });
  onProgress?.({ status: "ready", task, model: id });
  return entry.create(modelFacts(id, lease.info), lease) as PipelineByTask[T];
}

function entryFor(task: string): TaskEntry {
  const entry = kTasks.find(({ names }) => (names as readonly string[]).includes(task));
  if (entry) return entry;
  const known = kTasks.flatMap(({ names }) => names).join(", ");
  throw new GlassformerError(
    "UNSUPPORTED",
    `pipeline: there is no task "${task}"; it knows ${known}`,
  );
}

function loadSpec(host: Host, entry: TaskEntry, id: unknown, options: PipelineOptions): LoadSpec {
  const { dtype = "auto", revision = "main" } = options;
  if (typeof id !== "string") throw invalid("pipeline", "model", "a model's id", id);
  if (typeof revision !== "string")
    throw invalid("pipeline", "revision", "a name or commit", revision);
  return {
    source: modelSource(id, revision, host.env, host.pageUrl),
    task: entry.task,
    dtype: readOneOf("pipeline", "dtype", dtype, kDtypes),
    useBrowserCache: host.env.useBrowserCache,
  };
}

function readCallback(value: unknown): ProgressCallback | undefined {
  if (value === undefined || typeof value === "function")
    return value as ProgressCallback | undefined;
  throw invalid("pipeline", "progress_callback", "a function", value);
}
