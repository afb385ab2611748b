// `pipeline()`: from a task's name to a function that does it.

import { EngineClient } from "./client/engine-client.js";
import { spawnWorker } from "./client/spawn-worker.js";
import { env, type Env } from "./env.js";
import { GlassformerError } from "./errors.js";
import { localFolder, modelSource } from "./model-source.js";
import { invalid, readOneOf, readSignal, refuseUnknown } from "./options.js";
import { modelFacts } from "./pipelines/model-facts.js";
import {
  kTasks,
  type PipelineByTask,
  type TaskEntry,
  type TaskName,
} from "./pipelines/registry.js";
import type { ProgressCallback } from "./progress.js";
import type { LoadSpec, ModelSource } from "./worker/api.js";
import type { EngineChoice, EngineWish } from "./worker/engine-choice.js";

/**
 * How weights are held in memory. "fp16": half floats, which are widened where they are used; "q8":
 * int8 with a scale for each output; "auto": as the file has them, or "q8" where that would be more
 * than 64 MB of floats.
 */
export type Dtype = "auto" | "fp32" | "fp16" | "q8";

export interface PipelineOptions {
  progress_callback?: ProgressCallback;
  /** Ends the download; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  dtype?: Dtype;
  /** Branch, tag or commit of a model on the Hub. Default "main". */
  revision?: string;
}

const kOptions = ["progress_callback", "signal", "dtype", "revision"] as const;
const kDtypes: readonly Dtype[] = ["auto", "fp32", "fp16", "q8"];
const kEngines: readonly EngineChoice[] = ["auto", "simd128", "relaxed"];
/** As many as the engine takes. */
const kMostThreads = 64;

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
 * @param task  "sentiment-analysis", "translation_zh_to_en", "text-generation", ...: a key of PipelineByTask
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
  const { entry, languages } = entryFor(task);
  const onProgress = readCallback(options.progress_callback);
  const signal = readSignal("pipeline", options.signal);
  const id = model ?? entry.defaultModel;
  const source =
    id === undefined ? chosenSource(host, entry, languages) : sourceOf(host, id, options);
  const spec = loadSpec(host, entry, source, options);
  const lease = await host.client.acquire(spec, { signal, onProgress });
  onProgress?.({ status: "ready", task, model: lease.id });
  return entry.create(modelFacts(lease.id, lease.info), lease) as PipelineByTask[T];
}

interface NamedTask {
  entry: TaskEntry;
  /** Of "translation_zh_to_en": zh, en. */
  languages: string[] | undefined;
}

function entryFor(task: string): NamedTask {
  const pair = /^translation_([A-Za-z-]+)_to_([A-Za-z-]+)$/.exec(task);
  const name = pair ? "translation" : task;
  const entry = kTasks.find(({ names }) => (names as readonly string[]).includes(name));
  if (entry) return { entry, languages: pair?.slice(1) };
  const known = kTasks.flatMap(({ names }) => names).join(", ");
  throw new GlassformerError(
    "UNSUPPORTED",
    `pipeline: there is no task "${task}"; it knows ${known}`,
  );
}

function sourceOf(host: Host, id: unknown, { revision = "main" }: PipelineOptions): ModelSource {
  if (typeof id !== "string") throw invalid("pipeline", "model", "a model's id", id);
  if (typeof revision !== "string")
    throw invalid("pipeline", "revision", "a name or commit", revision);
  return modelSource(id, revision, host.env, host.pageUrl);
}

/** The model that the manifest has for the task. */
function chosenSource(host: Host, entry: TaskEntry, languages: string[] | undefined): ModelSource {
  const task = entry.names[0]!;
  const folder = localFolder(host.env, host.pageUrl);
  const choice = languages ? { task, languages } : { task };
  return { kind: "manifest", folder, id: task, choice };
}

function loadSpec(
  host: Host,
  entry: TaskEntry,
  source: ModelSource,
  { dtype = "auto" }: PipelineOptions,
): LoadSpec {
  return {
    source,
    task: entry.task,
    dtype: readOneOf("pipeline", "dtype", dtype, kDtypes),
    engine: engineWish(host.env),
    useBrowserCache: host.env.useBrowserCache,
  };
}

function engineWish({ engine, threads }: Env): EngineWish {
  const isCount = Number.isInteger(threads) && Number(threads) >= 1;
  if (threads !== "auto" && !(isCount && Number(threads) <= kMostThreads))
    throw invalid("env", "threads", `"auto" or a number from 1 to ${kMostThreads}`, threads);
  return { engine: readOneOf("env", "engine", engine, kEngines), threads };
}

function readCallback(value: unknown): ProgressCallback | undefined {
  if (value === undefined || typeof value === "function")
    return value as ProgressCallback | undefined;
  throw invalid("pipeline", "progress_callback", "a function", value);
}
