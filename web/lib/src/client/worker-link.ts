// A worker and the promises that wait for it. Comlink carries the calls, but it never settles them
// when the worker dies; this class does.

import { releaseProxy, wrap, type Remote } from "comlink";
import { GlassformerError, messageOf, type ErrorCode } from "../errors.js";
import type { EngineWorkerApi, Failure, Outcome } from "../worker/api.js";

export class WorkerLink {
  readonly #worker: Worker;
  readonly #api: Remote<EngineWorkerApi>;
  readonly #pending = new Set<(failure: Error) => void>();
  #failure: GlassformerError | undefined;
  #hasAnswered = false;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#api = wrap<EngineWorkerApi>(worker);
    worker.addEventListener("error", (event) => this.#die(this.#whatDied(event)));
    worker.addEventListener("messageerror", () => {
      this.#die(internal("a message of the worker could not be read"));
    });
  }

  get isAlive(): boolean {
    return this.#failure === undefined;
  }

  /** Rejects with a GlassformerError, also when the worker dies before it answers. */
  async call<T>(send: (api: Remote<EngineWorkerApi>) => Promise<Outcome<T>>): Promise<T> {
    const outcome = await this.#settled(send);
    this.#hasAnswered = true;
    if (outcome.ok) return outcome.value;
    const error = toError(outcome.failure);
    if (outcome.failure.fatal) this.#die(error);
    throw error;
  }

  /** A message that has no answer. */
  tell(send: (api: Remote<EngineWorkerApi>) => Promise<void>): void {
    if (this.isAlive)
      send(this.#api).catch((thrown: unknown) => this.#die(internal(messageOf(thrown))));
  }

  end(): void {
    this.#die(internal("the worker was ended"));
  }

  #settled<T>(send: (api: Remote<EngineWorkerApi>) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (this.#failure) return Promise.reject(this.#failure);
    // Not Promise.race with one "died" promise: that would keep every result alive as long as the
    // worker.
    return new Promise((resolve, reject) => {
      this.#pending.add(reject);
      send(this.#api)
        .then(resolve, reject)
        .finally(() => this.#pending.delete(reject));
    });
  }

  #whatDied(event: ErrorEvent): GlassformerError {
    // A script that cannot be fetched gives an event without a message.
    const isMissing = !this.#hasAnswered && !event.message;
    if (isMissing)
      return new GlassformerError("NETWORK", "the worker's script could not be loaded");
    return internal(`the worker died: ${event.message || "no reason given"}`);
  }

  #die(failure: GlassformerError): void {
    if (this.#failure) return;
    this.#failure = failure;
    this.#api[releaseProxy]();
    this.#worker.terminate();
    for (const reject of this.#pending) reject(failure);
    this.#pending.clear();
  }
}

function toError({ code, message }: Failure): GlassformerError {
  // An abort that nobody asked for here can only be the client's own clean-up: it never reaches a
  // caller.
  const known: ErrorCode = code === "ABORTED" ? "INTERNAL" : code;
  return new GlassformerError(known, message);
}

function internal(message: string): GlassformerError {
  return new GlassformerError("INTERNAL", message);
}
