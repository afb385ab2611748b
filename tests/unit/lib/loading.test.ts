import { beforeEach, describe, expect, it, vi } from "vitest";
import { createPipeline } from "../../../web/lib/src/pipeline.js";
import type { ProgressInfo } from "../../../web/lib/src/progress.js";
import { FakeWorkers, kModelFiles, kPageUrl, manifestOf, sha256 } from "./fake-host.js";

const kWeights = "models/sentiment-en/model.safetensors";

let workers: FakeWorkers;
let events: ProgressInfo[];

beforeEach(() => {
  workers = new FakeWorkers();
  events = [];
});

function load(settings = {}) {
  const progress_callback = (info: ProgressInfo) => events.push(info);
  return createPipeline(workers.host(settings), "sentiment-analysis", null, { progress_callback });
}

const statuses = (file: string) =>
  events.filter((e) => "file" in e && e.file === file).map((e) => e.status);

describe("a model of the own origin", () => {
  it("brings every byte into the engine's memory", async () => {
    await load();
    expect(Object.fromEntries(workers.state.loadedFiles[0]!)).toEqual(kModelFiles);
  });

  it("tells about each file, the sum, and the end", async () => {
    await load();
    expect(statuses("model.safetensors")).toEqual(["initiate", "download", "progress", "done"]);
    const total = Object.values(kModelFiles).join("").length;
    const sums = events.filter((e) => e.status === "progress_total");
    expect(sums.every((e) => e.total === total)).toBe(true);
    expect(sums.at(-1)).toMatchObject({ loaded: total, progress: 100, name: "sentiment-en" });
    expect(events.at(-1)).toEqual({
      status: "ready",
      task: "sentiment-analysis",
      model: "sentiment-en",
    });
  });

  it("describes the model", async () => {
    const { model } = await load();
    expect(model).toMatchObject({
      id: "sentiment-en",
      family: "bert",
      layers: 2,
      labels: ["NEGATIVE", "POSITIVE"],
    });
  });

  it("takes the second visit's files from the cache", async () => {
    await load();
    workers.server.log.length = 0;
    events = [];
    await load();
    expect(workers.server.log).toEqual([`${kPageUrl}models/manifest.json`]);
    expect(statuses("model.safetensors")).toEqual(["initiate", "progress", "done"]);
  });

  it("asks for the files while the engine is on its way", async () => {
    let arrive = () => {};
    workers.untilEngineComes = () => new Promise((resolve) => (arrive = resolve));
    const loading = load();
    await vi.waitFor(() => expect(workers.server.log).toContain(`${kPageUrl}${kWeights}`));
    arrive();
    await loading;
    expect(Object.fromEntries(workers.state.loadedFiles[0]!)).toEqual(kModelFiles);
  });

  it("says why the engine does not come, not what became of the files", async () => {
    workers.untilEngineComes = () => Promise.reject(new TypeError("no such engine"));
    await expect(load()).rejects.toThrow("no such engine");
  });

  const isChecksum = (key: string) => key.endsWith("xxh64");

  it.each([
    ["files", (key: string) => !isChecksum(key)],
    ["checksums", isChecksum],
  ])("downloads again what was damaged in the cache: %s", async (_, isHit) => {
    await load();
    workers.server.log.length = 0;
    for (const [key, bytes] of workers.caches.stored) if (isHit(key)) bytes[3]! ^= 1;
    await load();
    expect(Object.fromEntries(workers.state.loadedFiles[1]!)).toEqual(kModelFiles);
    expect(workers.server.log).toContain(`${kPageUrl}${kWeights}`);
  });

  it("checks by its SHA-256 a copy without a checksum, and gives it one", async () => {
    const forget = () => {
      for (const key of workers.caches.stored.keys())
        if (isChecksum(key)) workers.caches.stored.delete(key);
    };
    await load();
    const all = [...workers.caches.stored.keys()].sort();
    forget();
    workers.server.log.length = 0;
    await load();
    expect(workers.server.log).toEqual([`${kPageUrl}models/manifest.json`]);
    expect([...workers.caches.stored.keys()].sort()).toEqual(all);
    forget();
    for (const bytes of workers.caches.stored.values()) bytes[3]! ^= 1;
    await load();
    expect(Object.fromEntries(workers.state.loadedFiles[2]!)).toEqual(kModelFiles);
    expect(workers.server.log).toContain(`${kPageUrl}${kWeights}`);
  });

  it("leaves the cache alone when told so", async () => {
    await load({ useBrowserCache: false });
    expect(workers.caches.stored.size).toBe(0);
    expect(events.some((e) => e.status === "warning")).toBe(false);
  });

  it("goes on without a cache when it is full", async () => {
    workers.caches.putFailure = new DOMException("no room left", "QuotaExceededError");
    await load();
    const warnings = events.filter((e) => e.status === "warning");
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toMatchObject({
      code: "CACHE_UNAVAILABLE",
      message: expect.stringContaining("no room left"),
    });
  });

  it("goes on without a cache when one dies in the middle", async () => {
    workers.caches.putFailure = new DOMException("no room left", "QuotaExceededError");
    const body = () => new Response(kModelFiles["model.safetensors"]!).body!;
    workers.server.routes.set(`${kPageUrl}${kWeights}`, () => new Response(body()));
    await load();
    expect(workers.caches.stored.size).toBe(0);
  });

  it("checks hashes on an insecure origin too, where there is no cache", async () => {
    Object.assign(workers.platform, { caches: undefined });
    await load();
    const codes = new Set(events.flatMap((e) => (e.status === "warning" ? [e.code] : [])));
    expect([...codes]).toEqual(["CACHE_UNAVAILABLE"]);
    workers.server.serve(kWeights, kModelFiles["model.safetensors"]!.replace("w", "v"));
    await expect(load()).rejects.toMatchObject({ code: "INTEGRITY" });
  });

  it("keeps nothing in the cache that failed its check", async () => {
    workers.server.serve(kWeights, kModelFiles["model.safetensors"]!.replace("w", "v"));
    await expect(load()).rejects.toMatchObject({ code: "INTEGRITY" });
    expect([...workers.caches.stored.keys()].filter((key) => key.includes("safetensors"))).toEqual(
      [],
    );
  });

  it("downloads again what the engine cannot read from the cache", async () => {
    await load();
    const damaged = { code: "INVALID_FORMAT", message: "not what it should be" };
    let refusals = 1;
    workers.state.feedStatus = () => (refusals-- > 0 ? damaged : { code: "OK", message: "" });
    await load();
    expect(Object.fromEntries(workers.state.loadedFiles[1]!)).toEqual(kModelFiles);
    expect(refusals).toBeLessThan(0);
  });
});

describe("what can go wrong", () => {
  const fails = (code: string, ...parts: string[]) =>
    Promise.all(
      parts.map((part) =>
        expect(load()).rejects.toMatchObject({ code, message: expect.stringContaining(part) }),
      ),
    );

  it("a missing file", () => {
    workers.server.routes.delete(`${kPageUrl}${kWeights}`);
    return fails("NOT_FOUND", kWeights, "404");
  });

  it("a web page for a missing file", () => {
    workers.server.serve(kWeights, "<!doctype html>", {
      headers: { "content-type": "text/html; charset=utf-8" },
    });
    return fails("NOT_FOUND", "web page");
  });

  it("a web page for a missing manifest, without a type", () => {
    workers.server.serve("models/manifest.json", "<!doctype html>", {
      headers: { "content-type": "text/plain" },
    });
    return fails("INVALID_FORMAT", "manifest.json", "<!doctype html>");
  });

  it("a server that fails", () => {
    workers.server.serve(kWeights, "oops", { status: 503 });
    return fails("NETWORK", "503");
  });

  it("a server that cannot be reached", () => {
    workers.server.routes.set(`${kPageUrl}${kWeights}`, () =>
      Promise.reject(new TypeError("Failed to fetch")),
    );
    return fails("NETWORK", "Failed to fetch");
  });

  it("a connection that is lost in the middle", async () => {
    const body = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode("weights ")),
        pull: (controller) => controller.error(new TypeError("network error")),
      });
    workers.server.routes.set(`${kPageUrl}${kWeights}`, () => new Response(body()));
    await fails("NETWORK", kWeights);
  });

  it("a file that is too short", () => {
    workers.server.serve(kWeights, "weights ".repeat(99));
    return fails("INTEGRITY", "expected 800 bytes, got 792");
  });

  it("a file that is too long", () => {
    workers.server.serve(kWeights, "weights ".repeat(101));
    return fails("INTEGRITY", "expected 800 bytes, got more");
  });

  it("a flipped bit", () => {
    workers.server.serve(kWeights, kModelFiles["model.safetensors"]!.replace("w", "v"));
    return fails("INTEGRITY", "SHA-256", sha256(kModelFiles["model.safetensors"]!));
  });

  it("weights that the engine refuses", async () => {
    workers.state.feedStatus = (weights) =>
      weights.length < 200
        ? { code: "OK", message: "" }
        : { code: "INVALID_FORMAT", message: "element 3 is NaN" };
    await fails("INVALID_FORMAT", "element 3 is NaN");
    expect(workers.state.openModels.size).toBe(0);
    expect([...workers.caches.stored.keys()].some((key) => key.includes("safetensors"))).toBe(
      false,
    );
  });

  it("a model that the manifest does not have", async () => {
    const call = createPipeline(workers.host(), "sentiment-analysis", "other");
    await expect(call).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining('"sentiment-en"'),
    });
  });

  it("a manifest that would lead out of the folder", () => {
    workers.server.serve("models/manifest.json", manifestOf("sentiment-en", { "../secret": "x" }));
    return fails("INVALID_FORMAT", "models[0].files[0].name");
  });

  it("a file that the engine refuses", async () => {
    workers.state.loadStatus = {
      code: "INVALID_FORMAT",
      message: "model.safetensors: header beyond the file",
    };
    await fails("INVALID_FORMAT", "header beyond the file");
    expect(workers.state.openModels.size).toBe(0);
  });

  it("never writes to a model that was closed", async () => {
    const release = workers.server.hold(kWeights);
    workers.server.routes.delete(`${kPageUrl}models/sentiment-en/config.json`);
    await fails("NOT_FOUND", "config.json");
    release();
    expect(workers.state.openModels.size).toBe(0);
  });

  it("works again after any of these", async () => {
    const host = workers.host();
    workers.server.serve(kWeights, "broken");
    await expect(createPipeline(host, "sentiment-analysis")).rejects.toMatchObject({
      code: "INTEGRITY",
    });
    workers.server.serve(kWeights, kModelFiles["model.safetensors"]!);
    await expect(createPipeline(host, "sentiment-analysis")).resolves.toBeTypeOf("function");
  });
});

describe("a model of the Hub", () => {
  const kHub = "https://mirror.test/team/model/resolve/v%2F2/";
  const pipe = (settings = {}) =>
    createPipeline(
      workers.host({ remoteHost: "https://mirror.test", ...settings }),
      "text-classification",
      "team/model",
      {
        revision: "v/2",
      },
    );

  beforeEach(() => {
    for (const [name, text] of Object.entries(kModelFiles)) {
      workers.server.serve(`${kHub}${name}`, text, {
        headers: { "content-length": String(text.length) },
      });
    }
  });

  it("asks for the files of the revision at the host", async () => {
    await pipe();
    const asked = [...Object.keys(kModelFiles), "tokenizer_config.json"];
    expect(workers.server.log.sort()).toEqual(asked.map((name) => kHub + name).sort());
    expect(Object.fromEntries(workers.state.loadedFiles[0]!)).toEqual(kModelFiles);
  });

  it("trusts no Content-Length of a file that may come compressed", async () => {
    const headers = { "content-length": "5" };
    workers.server.serve(`${kHub}config.json`, kModelFiles["config.json"]!, { headers });
    await pipe();
    expect(workers.state.loadedFiles[0]!.get("config.json")).toBe(kModelFiles["config.json"]);
  });

  it("reads a file whose length nobody told", async () => {
    workers.server.serve(`${kHub}model.safetensors`, kModelFiles["model.safetensors"]!);
    await pipe();
    expect(workers.state.loadedFiles[0]!.get("model.safetensors")).toBe(
      kModelFiles["model.safetensors"],
    );
  });

  it("is refused when remote models are switched off", async () => {
    await expect(pipe({ allowRemoteModels: false })).rejects.toMatchObject({ code: "UNSUPPORTED" });
    expect(workers.server.log).toEqual([]);
  });
});

describe("arguments of pipeline()", () => {
  it.each([
    ["image-classification", undefined, {}, "UNSUPPORTED", "image-classification"],
    ["sentiment-analysis", "../up", {}, "INVALID_ARGUMENT", "../up"],
    ["sentiment-analysis", 5, {}, "INVALID_ARGUMENT", "model"],
    ["sentiment-analysis", null, { dtype: "q4" }, "INVALID_ARGUMENT", "dtype"],
    ["sentiment-analysis", null, { device: "webgpu" }, "UNSUPPORTED", "device"],
    ["sentiment-analysis", null, { progress_callback: 1 }, "INVALID_ARGUMENT", "progress_callback"],
  ])("refuses %s, %s, %j", async (task, model, options, code, name) => {
    const call = createPipeline(workers.host(), task as never, model as never, options as never);
    await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
  });

  it("passes dtype to the engine", async () => {
    await createPipeline(workers.host(), "sentiment-analysis", null, { dtype: "q8" });
    expect(workers.state.loadOptions).toEqual({ dtype: "q8" });
  });
});
