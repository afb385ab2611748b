// The worker's side of the conversation: owns the engine and its models, and answers the client.

import { releaseProxy, transfer, type Remote } from "comlink";
import type { ProgressCallback } from "../progress.js";
import { GlassformerError } from "../errors.js";
import type { Engine, ModelInfo, RunResult } from "../seam.js";
import {
  failed,
  type EngineStep,
  type EngineWorkerApi,
  type GenerationAnswer,
  type GenerationRequest,
  type LoadedModel,
  type LoadSpec,
  type Outcome,
  type RunAnswer,
  type RunRequest,
} from "./api.js";
import { BrowserCache } from "./browser-cache.js";
import type { EngineWish } from "./engine-choice.js";
import { throwUnlessOk, type OpenModel } from "./engine-memory.js";
import type { StartedModule } from "./engine-module.js";
import { openFolder } from "./file-list.js";
import { generate, tensorsOf } from "./generation-loop.js";
import { loadFiles } from "./model-files.js";
import type { Platform } from "./platform.js";
import { ProgressMeter } from "./progress-meter.js";
import { DamagedCopy, type TransferOptions } from "./transfer.js";

interface RunningEngine extends StartedModule {
  engine: Engine;
}

export class EngineHost implements EngineWorkerApi {
  readonly #startModule: (wish: EngineWish) => Promise<StartedModule>;
  readonly #platform: Platform;
  readonly #loads = new Map<number, AbortController>();
  readonly #generations = new Map<number, AbortController>();
  #running: Promise<RunningEngine> | undefined;
  #engine: Engine | undefined;

  /** `startModule` starts the build of the engine that the first model to load asks for. */
  constructor(startModule: (wish: EngineWish) => Promise<StartedModule>, platform: Platform) {
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

  run(handle: number, request: RunRequest): Outcome<RunAnswer[]> {
    try {
      const value = this.#run(handle, request);
      // The traces are large: they move to the page instead of being copied.
      const arrays = value
        .flatMap(({ tensors, attentions, hiddenStates }) => [tensors, attentions, hiddenStates])
        .flatMap((some) => Object.values(some));
      return transfer(
        { ok: true, value },
        arrays.map(({ data }) => data.buffer),
      );
    } catch (thrown) {
      return failed(thrown);
    }
  }

  async generate(
    ticket: number,
    handle: number,
    request: GenerationRequest,
    onStep: ((step: EngineStep) => void) | undefined,
  ): Promise<Outcome<GenerationAnswer>> {
    const controller = new AbortController();
    this.#generations.set(ticket, controller);
    let told: unknown;
    const report = onStep && ((step: EngineStep) => void (told = onStep(step)));
    try {
      if (!this.#engine) throw new GlassformerError("INTERNAL", "generate: no model was loaded");
      const value = await generate(this.#engine, handle, request, {
        signal: controller.signal,
        report,
      });
      return transfer(
        { ok: true, value },
        tensorsOf(value).map(({ data }) => data.buffer),
      );
    } catch (thrown) {
      return failed(thrown);
    } finally {
      await told; // steps have a port of their own: none may arrive after the answer
      this.#generations.delete(ticket);
      if (onStep) release(onStep);
    }
  }

  abortGeneration(ticket: number): void {
    this.#generations.get(ticket)?.abort();
  }

  close(handle: number): void {
    this.#engine?.closeModel(handle);
  }

  async #load(spec: LoadSpec, signal: AbortSignal, report: ProgressCallback): Promise<LoadedModel> {
    const { useBrowserCache } = spec;
    const cache = new BrowserCache(useBrowserCache ? this.#platform.caches : undefined);
    const distrusted = new Set<string>();
    for (;;) {
      const common = {
        platform: this.#platform,
        cache,
        useBrowserCache,
        distrusted,
        signal,
        report,
      };
      try {
        return await this.#loadOnce(spec, common);
      } catch (failure) {
        if (!(failure instanceof DamagedCopy)) throw failure;
        distrusted.add(failure.key);
        await cache.remove(failure.key);
      }
    }
  }

  async #loadOnce(
    spec: LoadSpec,
    common: Omit<TransferOptions, "name" | "meter">,
  ): Promise<LoadedModel> {
    // The engine starts while the files are on their way. Should it fail, whoever needs it says so.
    const opening = this.#openModel(spec.engine);
    opening.catch(() => undefined);
    try {
      const folder = await openFolder(spec.source, this.#platform, common.signal);
      const name = folder.id;
      const meter = new ProgressMeter(name, common.report);
      folder.announce(meter);
      const options = { ...common, name, meter };
      const info = await loadFiles(folder, opening, spec.dtype, options);
      const { handle, facts } = await opening;
      return { handle, id: name, info: checked(info, spec), engine: facts };
    } catch (failure) {
      opening.then(
        ({ engine, handle }) => engine.closeModel(handle),
        () => undefined,
      );
      throw failure;
    }
  }

  async #openModel(wish: EngineWish): Promise<OpenModel & RunningEngine> {
    const running = await this.#start(wish);
    return { ...running, handle: running.engine.openModel() };
  }

  #start(wish: EngineWish): Promise<RunningEngine> {
    this.#running ??= this.#startEngine(wish);
    return this.#running;
  }

  async #startEngine(wish: EngineWish): Promise<RunningEngine> {
    try {
      const started = await this.#startModule(wish);
      this.#engine = new started.module.Engine();
      return { ...started, engine: this.#engine };
    } catch (failure) {
      this.#running = undefined; // the next load tries again: the network may be back
      throw failure;
    }
  }

  #run(handle: number, { task, texts, pairs, options }: RunRequest): RunAnswer[] {
    if (!this.#engine) throw new GlassformerError("INTERNAL", "run: no model was loaded");
    const result = this.#engine.run(handle, task, texts, pairs, options);
    try {
      throwUnlessOk(result.status());
      return texts.map((_, i) => answerOf(result, i));
    } finally {
      result.delete();
    }
  }
}

function answerOf(result: RunResult, text: number): RunAnswer {
  const names = result.tensorNames(text);
  return {
    output: JSON.parse(result.output(text)) as unknown,
    tensors: Object.fromEntries(names.map((name) => [name, result.tensor(text, name)])),
    tokens: result.tokens(text),
    attentions: {
      self: result.attentions("self", text),
      decoder: result.attentions("decoder", text),
      cross: result.attentions("cross", text),
    },
    hiddenStates: {
      main: result.hiddenStates("main", text),
      decoder: result.hiddenStates("decoder", text),
    },
  };
}

function checked(loaded: ModelInfo, { source, task }: LoadSpec): Omit<ModelInfo, "status"> {
  const { status, ...info } = loaded;
  throwUnlessOk(status);
  const isFit = info.task === task || task === "feature-extraction"; // every model has features
  if (isFit) return info;
  throw new GlassformerError(
    "INVALID_ARGUMENT",
    `${source.id}: expected a model for ${task}, got one for ${info.task}`,
  );
}

/** A callback that came through Comlink holds a message port open until it is released. */
function release<T>(callback: (value: T) => unknown): void {
  (callback as Partial<Remote<typeof callback>>)[releaseProxy]?.();
}
