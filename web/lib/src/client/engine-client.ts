// The page's side of the conversation: one worker for all pipelines, started with the first model,
// ended with the last one, and replaced, with its models, after it died.

import { proxy } from "comlink";
import type { ProgressCallback } from "../progress.js";
import type {
  GenerationAnswer,
  GenerationRequest,
  LoadedModel,
  LoadSpec,
  RunAnswer,
  RunRequest,
} from "../worker/api.js";
import type { GenerationWaiter, ModelLease } from "./model-lease.js";
import { RequestQueue } from "./request-queue.js";
import { SharedLoad, type LoadWaiter } from "./shared-load.js";
import { WorkerLink } from "./worker-link.js";

interface SharedModel {
  readonly key: string;
  readonly spec: LoadSpec;
  /** Leases, and callers that wait for one. */
  users: number;
  load: SharedLoad<LoadedModel> | undefined;
  /** The worker that `load` belongs to. */
  link: WorkerLink | undefined;
}

export class EngineClient {
  readonly #spawn: () => Worker;
  readonly #models = new Map<string, SharedModel>();
  readonly #queue = new RequestQueue();
  #link: WorkerLink | undefined;
  #lastTicket = 0;

  constructor(spawn: () => Worker) {
    this.#spawn = spawn;
  }

  /** Loads the model, or joins whoever loads or has it already. */
  async acquire(spec: LoadSpec, waiter: LoadWaiter): Promise<ModelLease> {
    waiter.signal?.throwIfAborted();
    const model = this.#modelFor(spec);
    model.users += 1;
    try {
      return this.#lease(model, await this.#ensureLoaded(model, waiter), waiter.onProgress);
    } catch (failure) {
      this.#dropUser(model);
      throw failure;
    }
  }

  #lease(
    model: SharedModel,
    { id, info, engine }: LoadedModel,
    onProgress: ProgressCallback | undefined,
  ): ModelLease {
    let released: Promise<void> | undefined;
    return {
      id,
      info,
      engine,
      run: (request, signal) =>
        this.#queue.run(() => this.#run(model, request, { signal, onProgress }), signal),
      generate: (request, waiter) =>
        this.#queue.run(
          () => this.#generate(model, request, waiter, { signal: waiter.signal, onProgress }),
          waiter.signal,
        ),
      release: () => (released ??= this.#queue.run(async () => this.#dropUser(model))),
    };
  }

  async #run(model: SharedModel, request: RunRequest, waiter: LoadWaiter): Promise<RunAnswer[]> {
    const { handle } = await this.#ensureLoaded(model, waiter);
    return this.#liveLink().call((api) => api.run(handle, request));
  }

  async #generate(
    model: SharedModel,
    request: GenerationRequest,
    { signal, onStep }: GenerationWaiter,
    waiter: LoadWaiter,
  ): Promise<GenerationAnswer> {
    const { handle } = await this.#ensureLoaded(model, waiter);
    signal?.throwIfAborted();
    const link = this.#liveLink();
    const ticket = (this.#lastTicket += 1);
    const abort = () => link.tell((api) => api.abortGeneration(ticket));
    signal?.addEventListener("abort", abort, { once: true });
    try {
      const report = onStep && proxy(onStep);
      return await link.call((api) => api.generate(ticket, handle, request, report));
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  #modelFor(spec: LoadSpec): SharedModel {
    const key = JSON.stringify(spec);
    const known = this.#models.get(key);
    if (known) return known;
    const model: SharedModel = { key, spec, users: 0, load: undefined, link: undefined };
    this.#models.set(key, model);
    return model;
  }

  #ensureLoaded(model: SharedModel, waiter: LoadWaiter): Promise<LoadedModel> {
    const usable =
      model.link?.isAlive && model.load?.isUsable ? model.load : this.#startLoad(model);
    return usable.wait(waiter);
  }

  #startLoad(model: SharedModel): SharedLoad<LoadedModel> {
    const link = this.#liveLink();
    const load = new SharedLoad((signal, report) => this.#load(link, model.spec, signal, report));
    model.link = link;
    model.load = load;
    return load;
  }

  async #load(
    link: WorkerLink,
    spec: LoadSpec,
    signal: AbortSignal,
    report: ProgressCallback,
  ): Promise<LoadedModel> {
    const ticket = (this.#lastTicket += 1);
    const abort = () => link.tell((api) => api.abortLoad(ticket));
    signal.addEventListener("abort", abort, { once: true });
    try {
      return await link.call((api) => api.load(ticket, spec, proxy(report)));
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #liveLink(): WorkerLink {
    if (!this.#link?.isAlive) this.#link = new WorkerLink(this.#spawn());
    return this.#link;
  }

  #dropUser(model: SharedModel): void {
    model.users -= 1;
    if (model.users > 0) return;
    this.#models.delete(model.key);
    if (this.#models.size === 0) this.#link?.end();
    const loaded = model.load?.value;
    if (loaded) model.link?.tell((api) => api.close(loaded.handle));
  }
}
