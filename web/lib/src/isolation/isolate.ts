// Isolates a page from other origins where its host cannot send the headers: a service worker adds
// them (isolation-worker.js), from the next time that the page is loaded.

/** In the session's storage: the page was reloaded for this, and need not be again. */
const kReloadedKey = "glassformer-isolation";

/** What isolation takes of the browser, as arguments, so that a test can take any of it away. */
export interface IsolationHost {
  crossOriginIsolated: boolean;
  /** Absent on insecure origins. */
  serviceWorker: Pick<ServiceWorkerContainer, "register" | "ready"> | undefined;
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  reload: () => void;
}

/**
 * Registers the service worker at `url`, which lies at or above everything of the page, and reloads
 * the page once it runs. Resolves with whether the page is isolated; before a reload never.
 */
export function isolate(url: string | URL): Promise<boolean> {
  return isolateWith(
    {
      crossOriginIsolated: globalThis.crossOriginIsolated,
      serviceWorker: navigator.serviceWorker as ServiceWorkerContainer | undefined,
      storage: sessionStorage,
      reload: () => location.reload(),
    },
    url,
  );
}

/** `isolate()` with its surroundings as an argument. */
export async function isolateWith(host: IsolationHost, url: string | URL): Promise<boolean> {
  const wasReloaded = host.storage.getItem(kReloadedKey) !== null;
  host.storage.removeItem(kReloadedKey); // a later visit may try again
  if (host.crossOriginIsolated || wasReloaded || !host.serviceWorker)
    return host.crossOriginIsolated;
  await host.serviceWorker.register(url);
  await host.serviceWorker.ready;
  host.storage.setItem(kReloadedKey, "reloaded");
  host.reload();
  return new Promise(() => undefined); // the page ends here
}
