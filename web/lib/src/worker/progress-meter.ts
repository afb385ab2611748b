// Turns "n more bytes of this file" into progress events, few enough to cross a postMessage each.

import type { ByteCount, ProgressCallback } from "../progress.js";

const kStepsPerFile = 100;

export class ProgressMeter {
  readonly #name: string;
  readonly #report: ProgressCallback;
  readonly #files = new Map<string, ByteCount & { reported: number }>();

  constructor(name: string, report: ProgressCallback) {
    this.#name = name;
    this.#report = report;
  }

  /**
   * Announces a file, so that the sum over all files is right from the first event on. `total` may
   * be unknown, or a guess: it then grows with what comes, and is right in the end.
   */
  expect(file: string, total = 0): void {
    this.#files.set(file, { loaded: 0, total, reported: 0 });
  }

  /** `loaded` bytes of `file` are there; tells the listener when that is a visible step. */
  advance(file: string, loaded: number): void {
    const count = this.#files.get(file);
    if (!count) return;
    count.loaded = loaded;
    count.total = Math.max(count.total, loaded);
    const isStep = Math.abs(loaded - count.reported) * kStepsPerFile >= count.total;
    if (!isStep) return;
    count.reported = loaded;
    this.#emit(file, count);
  }

  /** The file has come: it is as long as it is. */
  finish(file: string, loaded: number): void {
    const count = this.#files.get(file);
    if (!count) return;
    const isNews = count.reported !== loaded || count.total !== loaded;
    Object.assign(count, { loaded, total: loaded, reported: loaded });
    if (isNews) this.#emit(file, count);
  }

  #emit(file: string, { loaded, total }: ByteCount): void {
    const name = this.#name;
    this.#report({
      status: "progress",
      name,
      file,
      loaded,
      total,
      progress: percent(loaded, total),
    });
    const sum = this.#sum();
    this.#report({
      status: "progress_total",
      name,
      ...sum,
      progress: percent(sum.loaded, sum.total),
    });
  }

  #sum(): ByteCount & { files: Record<string, ByteCount> } {
    const sum = { loaded: 0, total: 0, files: {} as Record<string, ByteCount> };
    for (const [file, { loaded, total }] of this.#files) {
      sum.loaded += loaded;
      sum.total += total;
      sum.files[file] = { loaded, total };
    }
    return sum;
  }
}

function percent(loaded: number, total: number): number {
  return total === 0 ? 100 : (100 * loaded) / total;
}
