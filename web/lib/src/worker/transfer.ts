// One file from the browser's cache or the network to whoever wants its bytes, in pieces: checked
// against the manifest, and kept for the next visit, while they pass.

import { GlassformerError } from "../errors.js";
import type { ProgressCallback } from "../progress.js";
import { type BrowserCache, type CacheCopy } from "./browser-cache.js";
import { connect, download } from "./download.js";
import type { ModelFile } from "./file-list.js";
import { startCheck, type Check } from "./integrity.js";
import type { Platform } from "./platform.js";
import type { ProgressMeter } from "./progress-meter.js";

export interface TransferOptions {
  /** The model's id, for the events. */
  name: string;
  platform: Platform;
  cache: BrowserCache;
  useBrowserCache: boolean;
  /** Keys of what was found damaged in the cache. */
  distrusted: ReadonlySet<string>;
  meter: ProgressMeter;
  signal: AbortSignal;
  report: ProgressCallback;
}

/** The bytes of a file, still to come. */
export interface Source {
  file: ModelFile;
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  isCached: boolean;
}

export type Sink = (chunk: Uint8Array<ArrayBuffer>) => void;

/**
 * What lay in the browser's cache is of no use: whoever loads begins again, without it, and nobody
 * else need know.
 */
export class DamagedCopy extends Error {
  readonly key: string;

  constructor(key: string, cause: unknown) {
    super(`${key}: damaged in the browser's cache`, { cause });
    this.key = key;
  }
}

export class Transfer {
  readonly #options: TransferOptions;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  /** Resolves when the bytes begin to come; with null when an optional file is missing. */
  async open(file: ModelFile): Promise<Source | null> {
    const { cache, distrusted } = this.#options;
    if (!file.isOptional) this.#report("initiate", file);
    const cached = distrusted.has(file.cacheKey) ? undefined : await cache.match(file.cacheKey);
    if (cached && cache.isMissing(cached)) return null;
    const source = cached ? this.#cached(file, cached) : await this.#fetch(file);
    if (source && file.isOptional) this.#report("initiate", file);
    if (source && !source.isCached) this.#report("download", file);
    return source;
  }

  /** Passes every byte on; fails unless the file has come as it should. */
  async drain(source: Source, sink: Sink): Promise<void> {
    if (source.isCached) await this.#drainCached(source, sink);
    else await this.#drainNetwork(source, sink);
    this.#report("done", source.file);
  }

  #cached(file: ModelFile, response: Response): Source {
    const length = response.headers.get("content-length");
    const bytes = length === null ? undefined : Number(length);
    this.#options.meter.expect(file.name, file.bytes ?? bytes ?? 0);
    const known = file.bytes === undefined && bytes !== undefined ? { ...file, bytes } : file;
    return { file: known, body: response.body, isCached: true };
  }

  async #fetch(file: ModelFile): Promise<Source | null> {
    const { platform, signal, meter, cache } = this.#options;
    try {
      const response = await download(file.url, platform, signal);
      // Hosts compress some files in transit, and then Content-Length counts the compressed bytes:
      // it is a guess for the events, nothing more.
      meter.expect(file.name, file.bytes ?? Number(response.headers.get("content-length")));
      return { file, body: response.body, isCached: false };
    } catch (failure) {
      const isMissing = failure instanceof GlassformerError && failure.code === "NOT_FOUND";
      if (!file.isOptional || !isMissing) throw failure;
      await cache.putMissing(file.cacheKey);
      return null;
    }
  }

  async #drainCached(source: Source, sink: Sink): Promise<void> {
    const { cache } = this.#options;
    const { cacheKey } = source.file;
    try {
      const known = await cache.checksum(cacheKey);
      const check = await startCheck(source.file, known);
      await this.#pump(source, check, sink);
      const checksum = check.finish();
      if (checksum !== null && known === null) await cache.putChecksum(cacheKey, checksum);
    } catch (failure) {
      this.#options.signal.throwIfAborted();
      throw new DamagedCopy(cacheKey, failure);
    }
  }

  async #drainNetwork(source: Source, sink: Sink): Promise<void> {
    const { file } = source;
    const { cache, useBrowserCache, signal } = this.#options;
    const check = await startCheck(file, null);
    const copy = useBrowserCache ? cache.put(file.cacheKey, file.bytes) : undefined;
    let checksum: string | null;
    try {
      await this.#pump(source, check, sink, copy);
      checksum = check.finish();
    } catch (failure) {
      await copy?.abandon();
      throw failure;
    }
    const problem = (await copy?.close()) ?? null;
    if (copy && problem === null && checksum !== null)
      await cache.putChecksum(file.cacheKey, checksum);
    signal.throwIfAborted();
    if (problem !== null) this.#warnUncached(file, problem);
  }

  async #pump(source: Source, check: Check, sink: Sink, copy?: CacheCopy): Promise<void> {
    const { signal, meter } = this.#options;
    const { file } = source;
    const reader = source.body?.getReader();
    let loaded = 0;
    try {
      while (reader) {
        const { done, value } = await connect(() => reader.read(), file.url, signal);
        signal.throwIfAborted();
        if (done) break;
        check.update(value);
        sink(value);
        loaded += value.length;
        meter.advance(file.name, loaded);
        await copy?.write(value);
      }
      meter.finish(file.name, loaded);
    } finally {
      reader?.cancel().catch(() => undefined);
    }
  }

  #warnUncached(file: ModelFile, reason: string): void {
    const message = `${file.url} is not kept for the next visit: ${reason}`;
    const { name } = this.#options;
    this.#options.report({
      status: "warning",
      name,
      file: file.name,
      code: "CACHE_UNAVAILABLE",
      message,
    });
  }

  #report(status: "initiate" | "download" | "done", file: ModelFile): void {
    this.#options.report({ status, name: this.#options.name, file: file.name });
  }
}
