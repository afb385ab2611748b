// The engine with threads, which it has where the page is isolated from other origins: the same
// answers, more workers, and nothing of them left at the end.

import type { Page } from "@playwright/test";
import { expect, kSentence, test } from "./glass.js";

const kThreads = 3;
/** Long enough for every kind of work to be shared out. */
const kLongText = `${kSentence} `.repeat(12);

interface Asked {
  /** The path before /package/ and /glass/: "" or "/isolated". */
  mount: string;
  threads: number | "auto";
  engine: "simd128" | "relaxed" | "auto";
}

interface Seen {
  engine: { build: string; threads: number };
  /** Of every number of the traces. */
  hash: string;
  labels: { label: string; score: number }[];
  translated: unknown;
}

/** Everything that a classifier and a translator say, to the last bit. */
async function ask(page: Page, asked: Asked, text = kLongText): Promise<Seen> {
  await page.goto(`${asked.mount}/blank/`);
  return page.evaluate(
    async ({ mount, threads, engine, text }) => {
      const address = `${mount}/package/index.js`;
      const { env, pipeline } = (await import(address)) as typeof import("glassformer");
      Object.assign(env, { localModelPath: `${mount}/glass/models/`, threads, engine });
      const classify = await pipeline("sentiment-analysis");
      const labels = await classify(text, { top_k: null });
      const traced = await classify(text, { output_attentions: true, output_hidden_states: true });
      const tensors = [...traced.attentions, ...traced.hidden_states];
      const numbers = new Blob(tensors.map(({ data }) => data as Float32Array<ArrayBuffer>));
      const digest = await crypto.subtle.digest("SHA-256", await numbers.arrayBuffer());
      const translate = await pipeline("translation_zh_to_en");
      const translated = await translate("三只猫。五本书。", { num_beams: 4 });
      Object.assign(window, { pipes: [classify, translate] });
      return {
        engine: { ...classify.engine },
        labels: [...labels],
        hash: String(new Uint8Array(digest)),
        translated: JSON.parse(JSON.stringify(translated)) as unknown,
      };
    },
    { ...asked, text },
  );
}

const disposeAll = (page: Page) =>
  page.evaluate(async () => {
    const { pipes } = window as unknown as { pipes: { dispose(): Promise<void> }[] };
    await Promise.all(pipes.map((pipe) => pipe.dispose()));
  });

test.describe("an isolated page", () => {
  for (const engine of ["simd128", "relaxed"] as const) {
    test(`gets threads, and from ${engine} the same answers to the last bit`, async ({ page }) => {
      const alone = await ask(page, { mount: "/isolated", threads: 1, engine });
      expect(alone.engine).toEqual({ build: engine, threads: 1 });
      const shared = await ask(page, { mount: "/isolated", threads: kThreads, engine });
      expect(shared.engine).toEqual({ build: engine, threads: kThreads });
      expect({ ...shared, engine: alone.engine }).toEqual(alone);
    });
  }

  test("takes as many threads as the processor has, up to four", async ({ page }) => {
    const { engine } = await ask(page, { mount: "/isolated", threads: "auto", engine: "auto" });
    const processors = await page.evaluate(() => navigator.hardwareConcurrency);
    expect(engine.threads).toBe(Math.min(processors, 4));
  });

  test("ends the workers with the last pipeline", async ({ page }) => {
    await ask(page, { mount: "/isolated", threads: kThreads, engine: "auto" });
    await expect.poll(() => page.workers().length).toBe(kThreads);
    await disposeAll(page);
    await expect.poll(() => page.workers().length).toBe(0);
  });

  test("runs the page itself under its policy", async ({ glass, page }) => {
    await glass.open({}, "isolated/glass");
    await glass.type(kSentence);
    await glass.expectLabel("POSITIVE");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
});

test("a page that is not isolated goes without, whatever it asks for", async ({ page }) => {
  const { engine, labels } = await ask(page, { mount: "", threads: kThreads, engine: "auto" });
  expect(engine.threads).toBe(1);
  expect(labels).toHaveLength(2);
  expect(page.workers()).toHaveLength(1);
});

test("a page whose host sends no headers isolates itself with a service worker", async ({
  page,
}) => {
  await page.goto("/package/blank/");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  const reloaded = page.waitForEvent("load");
  await page.evaluate(async () => {
    const address = "/package/index.js";
    const { isolate } = (await import(address)) as typeof import("glassformer");
    void isolate("/package/isolation-worker.js");
  });
  await reloaded;
  const seen = await page.evaluate(async (threads) => {
    const address = "/package/index.js";
    const { env, isolate, pipeline } = (await import(address)) as typeof import("glassformer");
    const isIsolated = await isolate("/package/isolation-worker.js");
    Object.assign(env, { localModelPath: "/glass/models/", threads });
    const classify = await pipeline("sentiment-analysis");
    const [best] = await classify("a wonderful film");
    return { isIsolated, threads: classify.engine.threads, label: best!.label };
  }, kThreads);
  expect(seen).toEqual({ isIsolated: true, threads: kThreads, label: "POSITIVE" });
});
