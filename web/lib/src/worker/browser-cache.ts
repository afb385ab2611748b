// The Cache API as a place to keep model files between visits. It may be absent, full or forbidden
// at any time: then a file is simply downloaded again, and the copy says why it could not be kept.

import { messageOf } from "../errors.js";

const kCacheName = "glassformer-models";
/** Bytes that may wait for a slow disk before the download waits too. */
const kWaitingBytes = 4 << 20;
const kMissing = 404;

export class BrowserCache {
  readonly #caches: CacheStorage | undefined;

  constructor(caches: CacheStorage | undefined) {
    this.#caches = caches;
  }

  async match(key: string): Promise<Response | undefined> {
    try {
      const cache = await this.#caches?.open(kCacheName);
      return await cache?.match(key);
    } catch {
      return undefined;
    }
  }

  /** Remembers that there is no such file: without a network it could not be asked for again. */
  async putMissing(key: string): Promise<void> {
    await this.#put(key, new Response(null, { status: kMissing }));
  }

  /** By which a kept file can be checked; null: nothing is known of it. */
  async checksum(key: string): Promise<string | null> {
    const known = await this.match(checksumKey(key));
    return (await known?.text().catch(() => undefined)) ?? null;
  }

  async putChecksum(key: string, checksum: string): Promise<void> {
    await this.#put(checksumKey(key), new Response(checksum));
  }

  isMissing(response: Response): boolean {
    return response.status === kMissing;
  }

  /** Begins to keep a file, of `bytes` bytes where that is known. */
  put(key: string, bytes: number | undefined): CacheCopy {
    return new CacheCopy(this.#caches, key, bytes);
  }

  async remove(key: string): Promise<void> {
    try {
      const cache = await this.#caches?.open(kCacheName);
      await Promise.all([cache?.delete(key), cache?.delete(checksumKey(key))]);
    } catch {
      // What cannot be deleted fails its check again next time, and is downloaded again.
    }
  }

  /** What is not kept is found out anew next time. */
  async #put(key: string, response: Response): Promise<void> {
    try {
      const cache = await this.#caches?.open(kCacheName);
      await cache?.put(key, response);
    } catch {
      // A full cache, or none.
    }
  }
}

/** Beside the file of this key. */
function checksumKey(key: string): string {
  return `${key}${key.includes("?") ? "&" : "?"}xxh64`;
}

/** A file on its way into the cache; it is kept only if it comes to its end. */
export class CacheCopy {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  /** Settles with null, or with the reason why the file is not kept. */
  readonly #outcome: Promise<string | null>;
  #isOver = false;

  constructor(caches: CacheStorage | undefined, key: string, bytes: number | undefined) {
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: kWaitingBytes });
    const { readable, writable } = new TransformStream<
      Uint8Array<ArrayBuffer>,
      Uint8Array<ArrayBuffer>
    >({}, strategy);
    this.#writer = writable.getWriter();
    this.#outcome = store(caches, key, readable, bytes).then(
      () => null,
      (thrown: unknown) => messageOf(thrown),
    );
    void this.#outcome.then(() => (this.#isOver = true));
    this.#writer.closed.catch(() => undefined);
  }

  /** Resolves when there is room for more. */
  async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#isOver) return;
    this.#writer.write(chunk).catch(() => undefined);
    // A cache that gave up may leave the stream as it is.
    await Promise.race([this.#writer.ready.catch(() => undefined), this.#outcome]);
  }

  /** The file has come as it should: resolves with null, or why it is not kept. */
  async close(): Promise<string | null> {
    if (!this.#isOver) this.#writer.close().catch(() => undefined);
    return this.#outcome;
  }

  /** The file is not to be kept. */
  async abandon(): Promise<void> {
    await this.#writer.abort().catch(() => undefined);
    await this.#outcome;
  }
}

async function store(
  caches: CacheStorage | undefined,
  key: string,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  bytes: number | undefined,
): Promise<void> {
  if (!caches) throw new Error("this origin has no Cache API");
  const headers: HeadersInit = bytes === undefined ? {} : { "content-length": String(bytes) };
  const cache = await caches.open(kCacheName);
  await cache.put(key, new Response(body, { headers }));
}
