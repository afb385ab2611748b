// The Cache API as a place to keep model files between visits. It may be absent, full or forbidden
// at any time: then a file is simply downloaded again, and `put` says why it could not be kept.

import { messageOf } from "../errors.js";

const kCacheName = "glassformer-models";

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

  /**
   * Resolves with null, or with the reason why the bytes were not kept. `view` is called when they
   * are needed.
   */
  async put(key: string, view: () => Uint8Array<ArrayBuffer>): Promise<string | null> {
    if (!this.#caches) return "this origin has no Cache API";
    try {
      const cache = await this.#caches.open(kCacheName);
      const bytes = view();
      const headers = { "content-length": String(bytes.byteLength) };
      await cache.put(key, new Response(bytes, { headers }));
      return null;
    } catch (thrown) {
      return messageOf(thrown);
    }
  }

  async remove(key: string): Promise<void> {
    try {
      const cache = await this.#caches?.open(kCacheName);
      await cache?.delete(key);
    } catch {
      // What cannot be deleted fails its check again next time, and is downloaded again.
    }
  }
}
