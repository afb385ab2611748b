// What the worker needs of the browser, as arguments, so that a test can take any of it away.

export interface Platform {
  fetch: typeof fetch;
  /** Absent on insecure origins and in some private windows. */
  caches: CacheStorage | undefined;
}

export function browserPlatform(): Platform {
  return {
    fetch: globalThis.fetch.bind(globalThis),
    caches: globalThis.caches as CacheStorage | undefined,
  };
}
