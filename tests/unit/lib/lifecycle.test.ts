import { beforeEach, describe, expect, it } from "vitest";
import { createPipeline, type Host } from "../../../web/lib/src/pipeline.js";
import { FakeWorkers, kPageUrl } from "./fake-host.js";

const kWeights = "models/sentiment-en/model.safetensors";

let workers: FakeWorkers;
let host: Host;

beforeEach(() => {
  workers = new FakeWorkers();
  host = workers.host();
});

const load = (signal?: AbortSignal) =>
  createPipeline(host, "sentiment-analysis", null, signal ? { signal } : {});
const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};
const hasAsked = (path: string) => workers.server.log.includes(kPageUrl + path);

describe("sharing", () => {
  it("loads a model once for two pipelines", async () => {
    const [first, second] = await Promise.all([load(), load()]);
    await load();
    expect(workers.state.loadedFiles).toHaveLength(1);
    expect(await first("good")).toEqual(await second("good"));
  });

  it("keeps the model until the last pipeline is disposed of, and then ends the worker", async () => {
    const [first, second] = await Promise.all([load(), load()]);
    await first.dispose();
    await first.dispose();
    expect((await second("good"))[0]!.label).toBe("POSITIVE");
    await second.dispose();
    expect(workers.alive).toBe(0);
  });

  it("frees one model while another stays", async () => {
    const first = await load();
    const other = await createPipeline(host, "sentiment-analysis", null, { dtype: "q8" });
    await first.dispose();
    await until(() => workers.state.openModels.size === 1);
    expect(await other("good")).toHaveLength(1);
    expect(workers.alive).toBe(1);
  });

  it("finishes what was asked before dispose, and refuses what comes after", async () => {
    const classify = await load();
    const before = classify("good");
    const end = classify.dispose();
    await expect(classify("good")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    expect((await before)[0]!.label).toBe("POSITIVE");
    await end;
  });

  it("starts anew after everything was disposed of", async () => {
    await (await load()).dispose();
    expect(await (await load())("good")).toHaveLength(1);
    expect(workers.spawned).toBe(2);
  });
});

describe("order", () => {
  it("answers requests in the order of asking", async () => {
    const classify = await load();
    const texts = Array.from({ length: 20 }, (_, i) => `text ${i}`);
    await Promise.all(texts.map((text) => classify(text)));
    expect(workers.state.requests.flatMap(({ texts }) => texts)).toEqual(texts);
  });
});

describe("aborting", () => {
  it("stops a download and rejects with AbortError", async () => {
    workers.server.hold(kWeights);
    const controller = new AbortController();
    const call = load(controller.signal);
    await until(() => hasAsked(kWeights));
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(workers.alive).toBe(0);
  });

  it("stops a download on a worker that lives on, and frees the half-filled model", async () => {
    await createPipeline(host, "sentiment-analysis", null, { dtype: "q8" });
    workers.caches.stored.clear();
    workers.server.hold(kWeights);
    const controller = new AbortController();
    const call = load(controller.signal);
    await until(() => workers.state.openModels.size === 2);
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await until(() => workers.state.openModels.size === 1);
  });

  it("loads after all when another pipeline still waits", async () => {
    const release = workers.server.hold(kWeights);
    const controller = new AbortController();
    const impatient = load(controller.signal);
    const patient = load();
    await until(() => hasAsked(kWeights));
    controller.abort();
    await expect(impatient).rejects.toMatchObject({ name: "AbortError" });
    release();
    expect(await (await patient)("good")).toHaveLength(1);
  });

  it("can be tried again at once", async () => {
    const release = workers.server.hold(kWeights);
    const controller = new AbortController();
    const call = load(controller.signal);
    await until(() => hasAsked(kWeights));
    controller.abort();
    const retry = load();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    release();
    expect(await (await retry)("good")).toHaveLength(1);
  });

  it("never starts with a signal that is aborted", async () => {
    await expect(load(AbortSignal.abort("enough"))).rejects.toBe("enough");
    expect(workers.spawned).toBe(0);
  });

  it("drops a queued request", async () => {
    const classify = await load();
    const controller = new AbortController();
    const calls = [
      classify("one"),
      classify("two", { signal: controller.signal }),
      classify("three"),
    ];
    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(workers.state.requests.flatMap(({ texts }) => texts)).toEqual(["one", "three"]);
  });
});

describe("a worker that dies", () => {
  it("rejects the request that waits for it, and serves the next from a new one", async () => {
    const classify = await load();
    workers.state.onRun = () => workers.crash("out of memory");
    const call = classify("good");
    await expect(call).rejects.toMatchObject({
      code: "INTERNAL",
      message: expect.stringContaining("out of memory"),
    });
    workers.state.onRun = () => undefined;
    expect((await classify("good"))[0]!.label).toBe("POSITIVE");
    expect([workers.spawned, workers.alive]).toEqual([2, 1]);
    expect(workers.state.loadedFiles).toHaveLength(2);
  });

  it("rejects a load, and calls a script that never came a network failure", async () => {
    workers.server.hold(kWeights);
    const call = load();
    await until(() => workers.spawned === 1);
    workers.crash("");
    await expect(call).rejects.toMatchObject({ code: "NETWORK" });
  });

  it("is replaced after a trap", async () => {
    const classify = await load();
    workers.state.onRun = ({ texts: [text] }) => {
      if (text === "poison") throw new WebAssembly.RuntimeError("unreachable");
    };
    const [poisoned, next] = await Promise.allSettled([classify("poison"), classify("good")]);
    expect(poisoned).toMatchObject({
      status: "rejected",
      reason: { code: "INTERNAL", message: "unreachable" },
    });
    expect(next.status).toBe("fulfilled");
    expect(workers.spawned).toBe(2);
  });
});

describe("threads", () => {
  it("are asked for as env says, and the pipeline tells what it got", async () => {
    workers.facts = { build: "relaxed", threads: 2 };
    host = workers.host({ engine: "relaxed", threads: 3 });
    const classify = await load();
    expect(workers.wishes).toEqual([{ engine: "relaxed", threads: 3 }]);
    expect(classify.engine).toEqual({ build: "relaxed", threads: 2 });
  });

  it.each([0, -1, 1.5, 65, Number.NaN, "2", null])("are never %s", async (threads) => {
    host = workers.host({ threads: threads as number });
    await expect(load()).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: `env: threads: expected "auto" or a number from 1 to 64, got ${JSON.stringify(threads)}`,
    });
    expect(workers.spawned).toBe(0);
  });
});
