// Brings a model's files into the engine's memory: from the browser's cache or the network,
// straight to their final place, then checked against the manifest, then kept for the next visit.

import { GlassformerError } from "../errors.js";
import type { ProgressCallback } from "../progress.js";
import type { Engine, EngineModule } from "../seam.js";
import { BrowserCache } from "./browser-cache.js";
import { connect } from "./download.js";
import type { ModelFile } from "./file-list.js";
import { cachedSource, networkSource, type Source } from "./file-source.js";
import { verify } from "./integrity.js";
import { EngineFile } from "./memory.js";
import type { Platform } from "./platform.js";
import { ProgressMeter } from "./progress-meter.js";

export interface FillOptions {
  module: EngineModule;
  engine: Engine;
  /** Handle of the open model. */
  model: number;
  /** The model's id, for the events. */
  name: string;
  useBrowserCache: boolean;
  platform: Platform;
  signal: AbortSignal;
  report: ProgressCallback;
}

export class ModelFiles {
  readonly #options: FillOptions;
  readonly #cache: BrowserCache;
  readonly #meter: ProgressMeter;

  constructor(options: FillOptions) {
    this.#options = options;
    this.#cache = new BrowserCache(options.useBrowserCache ? options.platform.caches : undefined);
    this.#meter = new ProgressMeter(options.name, options.report);
  }

  /** One file: opened, copied, checked, kept. */
  async fill(file: ModelFile): Promise<void> {
    this.#report("initiate", file);
    let source = await this.#open(file);
    const { module, engine, model } = this.#options;
    const target = EngineFile.allocate(module, engine, model, file.name, source.bytes);
    if (source.isCached && !(await this.#isGood(source, target, file))) {
      await this.#cache.remove(file.cacheKey);
      source = await this.#fetch(file);
    }
    if (!source.isCached) {
      await this.#copy(source, target, file);
      await this.#verify(target, file);
      await this.#keep(target, file);
    }
    this.#report("done", file);
  }

  expect(file: ModelFile): void {
    if (file.bytes !== undefined) this.#meter.expect(file.name, file.bytes);
  }

  async #open(file: ModelFile): Promise<Source> {
    const cached = await this.#cache.match(file.cacheKey);
    if (!cached) return this.#fetch(file);
    const source = cachedSource(cached, file);
    this.#meter.expect(file.name, source.bytes);
    return source;
  }

  async #fetch(file: ModelFile): Promise<Source> {
    this.#report("download", file);
    const { platform, signal } = this.#options;
    const source = await networkSource(file, platform, signal);
    this.#meter.expect(file.name, source.bytes);
    return source;
  }

  /**
   * What lies in the browser's cache may be damaged: then it is downloaded again, and nobody need
   * know.
   */
  async #isGood(source: Source, target: EngineFile, file: ModelFile): Promise<boolean> {
    try {
      await this.#copy(source, target, file);
      await this.#verify(target, file);
      return true;
    } catch {
      this.#options.signal.throwIfAborted();
      return false;
    }
  }

  async #copy(source: Source, target: EngineFile, file: ModelFile): Promise<void> {
    const { signal } = this.#options;
    const reader = source.body?.getReader();
    let loaded = 0;
    while (reader) {
      const { done, value } = await connect(() => reader.read(), file.url, signal);
      signal.throwIfAborted();
      if (done) break;
      if (loaded + value.length > target.bytes) {
        await reader.cancel();
        throw wrongSize(file, target.bytes, "more");
      }
      target.write(value, loaded);
      loaded += value.length;
      this.#meter.advance(file.name, loaded);
    }
    if (loaded !== target.bytes) throw wrongSize(file, target.bytes, `${loaded}`);
  }

  async #verify(target: EngineFile, file: ModelFile): Promise<void> {
    if (file.sha256 === undefined) return;
    const { subtle } = this.#options.platform;
    if (subtle) return verify(target.view(), file.sha256, file.url, subtle);
    this.#warn(
      file,
      "NOT_VERIFIED",
      "browsers compute a SHA-256 on secure origins only (https or localhost)",
    );
  }

  async #keep(target: EngineFile, file: ModelFile): Promise<void> {
    if (!this.#options.useBrowserCache) return;
    const problem = await this.#cache.put(file.cacheKey, () => target.view());
    this.#options.signal.throwIfAborted();
    if (problem !== null) this.#warn(file, "CACHE_UNAVAILABLE", problem);
  }

  #warn(file: ModelFile, code: "CACHE_UNAVAILABLE" | "NOT_VERIFIED", reason: string): void {
    const consequence =
      code === "NOT_VERIFIED" ? "was not checked" : "is not kept for the next visit";
    const message = `${file.url} ${consequence}: ${reason}`;
    this.#options.report({
      status: "warning",
      name: this.#options.name,
      file: file.name,
      code,
      message,
    });
  }

  #report(status: "initiate" | "download" | "done", file: ModelFile): void {
    this.#options.report({ status, name: this.#options.name, file: file.name });
  }
}

/**
 * Fills all files at once; if one fails the others are stopped, and nothing writes to memory after
 * this settles.
 */
export async function fillAll(files: ModelFile[], options: FillOptions): Promise<void> {
  const siblings = new AbortController();
  const signal = AbortSignal.any([options.signal, siblings.signal]);
  const modelFiles = new ModelFiles({ ...options, signal });
  for (const file of files) modelFiles.expect(file);
  const failures: unknown[] = [];
  const fillOne = async (file: ModelFile) => {
    try {
      await modelFiles.fill(file);
    } catch (failure) {
      failures.push(failure);
      siblings.abort();
    }
  };
  await Promise.all(files.map(fillOne));
  if (failures.length > 0) throw failures[0];
}

function wrongSize(file: ModelFile, expected: number, got: string): GlassformerError {
  return new GlassformerError("INTEGRITY", `${file.url}: expected ${expected} bytes, got ${got}`);
}
