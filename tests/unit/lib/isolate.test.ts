import { beforeEach, describe, expect, it } from "vitest";
import { isolateWith, type IsolationHost } from "../../../web/lib/src/isolation/isolate.js";

/** Settles with "later" where `promise` does not settle by itself. */
const settled = (promise: Promise<boolean>) =>
  Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve("later"), 0))]);

describe("isolate", () => {
  let log: string[];
  let host: IsolationHost;
  const stored = new Map<string, string>();

  beforeEach(() => {
    log = [];
    stored.clear();
    host = {
      crossOriginIsolated: false,
      serviceWorker: {
        register: async (url) => {
          log.push(`register ${String(url)}`);
          return {} as ServiceWorkerRegistration;
        },
        ready: Promise.resolve({} as ServiceWorkerRegistration),
      },
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      },
      reload: () => void log.push("reload"),
    };
  });

  it("registers the service worker, reloads, and then the page is isolated", async () => {
    expect(await settled(isolateWith(host, "worker.js"))).toBe("later");
    expect(log).toEqual(["register worker.js", "reload"]);
    expect(await isolateWith({ ...host, crossOriginIsolated: true }, "worker.js")).toBe(true);
    expect(log).toHaveLength(2);
  });

  it("reloads once where that does not help, and tries again at the next visit", async () => {
    await settled(isolateWith(host, "worker.js"));
    expect(await isolateWith(host, "worker.js")).toBe(false);
    expect(log).toEqual(["register worker.js", "reload"]);
    await settled(isolateWith(host, "worker.js"));
    expect(log).toHaveLength(4);
  });

  it("leaves an isolated page alone, and one without service workers", async () => {
    expect(await isolateWith({ ...host, crossOriginIsolated: true }, "worker.js")).toBe(true);
    expect(await isolateWith({ ...host, serviceWorker: undefined }, "worker.js")).toBe(false);
    expect(log).toEqual([]);
  });

  it("fails as the registration does", async () => {
    const register = () => Promise.reject(new TypeError("no such script"));
    host.serviceWorker = { ...host.serviceWorker!, register };
    await expect(isolateWith(host, "worker.js")).rejects.toThrow("no such script");
    expect(log).toEqual([]);
  });
});
