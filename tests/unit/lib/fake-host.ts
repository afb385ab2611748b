// A static file server, a Cache API and a worker, all in this process.

import { createHash } from "node:crypto";
import { expose } from "comlink";
import { EngineClient } from "../../../web/lib/src/client/engine-client.js";
import { env, type Env } from "../../../web/lib/src/env.js";
import type { Host } from "../../../web/lib/src/pipeline.js";
import type { EngineFacts, EngineWish } from "../../../web/lib/src/worker/engine-choice.js";
import { EngineHost } from "../../../web/lib/src/worker/engine-host.js";
import type { StartedModule } from "../../../web/lib/src/worker/engine-module.js";
import type { Platform } from "../../../web/lib/src/worker/platform.js";
import { fakeModule, fakeState, type FakeState } from "./fake-engine.js";

export const kPageUrl = "https://example.test/app/";

export const kModelFiles: Record<string, string> = {
  "config.json": '{"model_type":"bert"}',
  "tokenizer.json": '{"version":"1.0"}',
  "model.safetensors": "weights ".repeat(100),
};

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function manifestOf(
  id: string,
  files: Record<string, string>,
  facts: { task: string; languages: string[] } = { task: "text-classification", languages: ["en"] },
): string {
  const list = Object.entries(files).map(([name, text]) => ({
    name,
    bytes: text.length,
    sha256: sha256(text),
  }));
  return JSON.stringify({ version: 1, models: [{ id, ...facts, files: list }] });
}

/** Serves `sentiment-en`; a test replaces answers in `routes`, by address below the page. */
export class FakeServer {
  readonly routes = new Map<string, () => Response | Promise<Response>>();
  readonly log: string[] = [];

  constructor() {
    this.serve("models/manifest.json", manifestOf("sentiment-en", kModelFiles));
    for (const [name, text] of Object.entries(kModelFiles))
      this.serve(`models/sentiment-en/${name}`, text);
  }

  serve(
    path: string,
    body: string | Uint8Array<ArrayBuffer> | ReadableStream,
    init?: ResponseInit,
  ): void {
    this.routes.set(new URL(path, kPageUrl).href, () => new Response(body, init));
  }

  /** Requests for `path` stay open until the returned function is called, or they are aborted. */
  hold(path: string): () => void {
    const url = new URL(path, kPageUrl).href;
    const answer = this.routes.get(url)!;
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.routes.set(url, () => opened.then(answer));
    return open;
  }

  readonly fetch: typeof fetch = (input, init) => {
    const url = String(input);
    this.log.push(url);
    const answer = this.routes.get(url);
    if (!answer) return Promise.resolve(new Response("not here", { status: 404 }));
    return new Promise((resolve, reject) => {
      const signal = init?.signal;
      signal?.addEventListener("abort", () => reject(signal.reason));
      Promise.resolve(answer()).then(resolve, reject);
    });
  };
}

/** Enough of the Cache API for one cache. */
export class FakeCaches {
  readonly stored = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Addresses of files that there are not. */
  readonly missing = new Set<string>();
  /** Set it to make every write fail with it. */
  putFailure: Error | undefined;

  asCacheStorage(): CacheStorage {
    const cache = {
      match: async (key: string) => this.#response(key),
      put: async (key: string, response: Response) => this.#put(key, response),
      delete: async (key: string) => this.stored.delete(key),
    };
    return { open: async () => cache } as unknown as CacheStorage;
  }

  #response(key: string): Response | undefined {
    if (this.missing.has(key)) return new Response(null, { status: 404 });
    const bytes = this.stored.get(key);
    return bytes && new Response(bytes, { headers: { "content-length": String(bytes.length) } });
  }

  async #put(key: string, response: Response): Promise<void> {
    if (this.putFailure) throw this.putFailure;
    if (response.status === 404) return void this.missing.add(key);
    this.stored.set(key, new Uint8Array(await response.arrayBuffer()));
  }
}

export class FakeWorkers {
  readonly state: FakeState = fakeState();
  readonly server = new FakeServer();
  readonly caches = new FakeCaches();
  readonly platform: Platform = {
    fetch: this.server.fetch,
    caches: this.caches.asCacheStorage(),
  };
  /** What each engine was started for, and what it says it is. */
  readonly wishes: EngineWish[] = [];
  facts: EngineFacts = { build: "simd128", threads: 1 };
  /** Set it to make the engine late, or fail. */
  untilEngineComes = (): Promise<void> => Promise.resolve();
  spawned = 0;
  alive = 0;
  #current: EventTarget | undefined;

  readonly spawn = (): Worker => {
    const { port1, port2 } = new MessageChannel();
    const start = async (wish: EngineWish): Promise<StartedModule> => {
      this.wishes.push(wish);
      await this.untilEngineComes();
      return { module: fakeModule(this.state), facts: this.facts };
    };
    expose(new EngineHost(start, this.platform), port2 as never);
    this.spawned += 1;
    this.alive += 1;
    const terminate = () => {
      this.alive -= 1;
      port1.close();
      port2.close();
    };
    const worker = Object.assign(port1, { terminate });
    worker.start();
    this.#current = worker;
    return worker as unknown as Worker;
  };

  /** As a browser reports that the script of a worker threw. */
  crash(message: string): void {
    this.#current!.dispatchEvent(Object.assign(new Event("error"), { message }));
  }

  host(settings: Partial<Env> = {}): Host {
    return {
      client: new EngineClient(this.spawn),
      env: { ...env, ...settings },
      pageUrl: kPageUrl,
    };
  }
}
