// One job at a time, in the order of asking. The engine could not run two anyway; waiting here,
// where the caller is, lets an aborted job disappear before it costs anything.

import { abortable } from "../abort.js";

export class RequestQueue {
  #tail: Promise<unknown> = Promise.resolve();

  /**
   * Settles as `job` does. Aborted while waiting, the job never starts; aborted while it runs, its
   * result is dropped.
   */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const result = this.#tail.then(() => {
      signal?.throwIfAborted();
      return job();
    });
    this.#tail = result.then(ignore, ignore);
    return abortable(result, signal);
  }
}

function ignore(): void {}
