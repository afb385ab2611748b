// One download that several pipelines wait for. Each may give up on its own; when the last one
// does, it is stopped.

import { abortable } from "../abort.js";
import type { ProgressCallback, ProgressInfo } from "../progress.js";

export interface LoadWaiter {
  signal?: AbortSignal | undefined;
  onProgress?: ProgressCallback | undefined;
}

type State = "loading" | "loaded" | "failed" | "abandoned";

export class SharedLoad<T> {
  readonly #controller = new AbortController();
  readonly #listeners = new Set<ProgressCallback>();
  readonly #result: Promise<T>;
  #state: State = "loading";
  #value: T | undefined;
  #waiting = 0;

  constructor(start: (signal: AbortSignal, report: ProgressCallback) => Promise<T>) {
    this.#result = start(this.#controller.signal, (info) => this.#tell(info));
    this.#result.then(
      (value) => this.#settle("loaded", value),
      () => this.#settle("failed"), // each waiter sees the failure itself; without any, it concerns nobody
    );
  }

  /** false: whoever comes now needs a new load. */
  get isUsable(): boolean {
    return this.#state === "loading" || this.#state === "loaded";
  }

  /** Known once it is loaded. */
  get value(): T | undefined {
    return this.#value;
  }

  async wait({ signal, onProgress }: LoadWaiter): Promise<T> {
    const listener: ProgressCallback = (info) => onProgress?.(info);
    this.#listeners.add(listener);
    this.#waiting += 1;
    try {
      return await abortable(this.#result, signal);
    } finally {
      this.#listeners.delete(listener);
      this.#waiting -= 1;
      if (this.#waiting === 0 && this.#state === "loading") this.#abandon();
    }
  }

  #settle(state: State, value?: T): void {
    if (this.#state !== "loading") return;
    this.#state = state;
    this.#value = value;
  }

  #abandon(): void {
    this.#state = "abandoned";
    this.#controller.abort();
  }

  #tell(info: ProgressInfo): void {
    for (const listener of this.#listeners) listener(info);
  }
}
