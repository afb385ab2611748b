// The worker's side of the conversation: owns the engine and its models, and answers the client.

import { releaseProxy, transfer, type Remote } from "comlink";
import type { ProgressCallback } from "../progress.js";
import { GlassformerError } from "../errors.js";
import type { Engine, EngineModule, ModelInfo, RunRequest, RunResult } from "../seam.js";
import {
  failed,
  type EngineWorkerApi,
  type LoadedModel,
  type LoadSpec,
  type Outcome,
  type RunAnswer,
} from "./api.js";
import { listFiles } from "./file-list.js";
import { fillAll } from "./model-files.js";
import { throwUnlessOk } from "./memory.js";
import type { Platform } from "./platform.js";

interface RunningEngine {
  module: EngineModule;
  engine: Engine;
}

export class EngineHost implements EngineWorkerApi {
  readonly #startModule: () => Promise<EngineModule>;
  readonly #platform: Platform;
  readonly #loads = new Map<number, AbortController>();
  #running: Promise<RunningEngine> | undefined;
  #engine: Engine | undefined;

  constructor(startModule: () => Promise<EngineModule>, platform: Platform) {
    this.#startModule = startModule;
    this.#platform = platform;
  }

  async load(
    ticket: number,
    spec: LoadSpec,
    onProgress: ProgressCallback,
  ): Promise<Outcome<LoadedModel>> {
    const controller = new AbortController();
    this.#loads.set(ticket, controller);
    let told: unknown;
    const report: ProgressCallback = (info) => void (told = onProgress(info));
    try {
      return { ok: true, value: await this.#load(spec, controller.signal, report) };
    } catch (thrown) {
      return failed(thrown);
    } finally {
      await told; // events have a port of their own: none may arrive after the answer
      this.#loads.delete(ticket);
      release(onProgress);
    }
  }

  abortLoad(ticket: number): void {
    this.#loads.get(ticket)?.abort();
  }

  run(handle: number, request: RunRequest): Outcome<RunAnswer> {
    try {
      const value = this.#run(handle, request);
      // The traces are large: they move to the page instead of being copied.
      return transfer({ ok: true, value }, [
        value.attentions.data.buffer,
        value.hiddenStates.data.buffer,
      ]);
    } catch (thrown) {
      return failed(thrown);
    }
  }

  close(handle: number): void {
    this.#engine?.closeModel(handle);
  }

  async #load(spec: LoadSpec, signal: AbortSignal, report: ProgressCallback): Promise<LoadedModel> {
    const files = await listFiles(spec.source, this.#platform, signal);
    const { module, engine } = await this.#start();
    const model = engine.openModel();
    try {
      const { useBrowserCache } = spec;
      const name = spec.source.id;
      await fillAll(files, {
        module,
        engine,
        model,
        name,
        useBrowserCache,
        platform: this.#platform,
        signal,
        report,
      });
      return { handle: model, info: checked(engine.loadModel(model, { dtype: spec.dtype }), spec) };
    } catch (failure) {
      engine.closeModel(model);
      throw failure;
    }
  }

  #start(): Promise<RunningEngine> {
    this.#running ??= this.#startEngine();
    return this.#running;
  }

  async #startEngine(): Promise<RunningEngine> {
    try {
      const module = await this.#startModule();
      this.#engine = new module.Engine();
      return { module, engine: this.#engine };
    } catch (failure) {
      this.#running = undefined; // the next load tries again: the network may be back
      throw failure;
    }
  }

  #run(handle: number, request: RunRequest): RunAnswer {
    if (!this.#engine) throw new GlassformerError("INTERNAL", "run: no model was loaded");
    const result = this.#engine.run(handle, request);
    try {
      return answerOf(result);
    } finally {
      result.delete();
    }
  }
}

function answerOf(result: RunResult): RunAnswer {
  throwUnlessOk(result.status());
  return {
    labels: result.labels(),
    tokens: result.tokens(),
    attentions: result.attentions(),
    hiddenStates: result.hiddenStates(),
  };
}

function checked(loaded: ModelInfo, { source, task }: LoadSpec): Omit<ModelInfo, "status"> {
  const { status, ...info } = loaded;
  throwUnlessOk(status);
  if (info.task === task) return info;
  throw new GlassformerError(
    "INVALID_ARGUMENT",
    `${source.id}: expected a model for ${task}, got one for ${info.task}`,
  );
}

/** A callback that came through Comlink holds a message port open until it is released. */
function release(callback: ProgressCallback): void {
  (callback as Partial<Remote<ProgressCallback>>)[releaseProxy]?.();
}
