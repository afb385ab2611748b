// Nothing is kept of a request: after 500 of all kinds, the engine's memory and the page's are what
// they were after the first 50, in a tab that also shows the page.

import type { Page, Worker } from "@playwright/test";
import { expect, test } from "./glass.js";

/** Lets a test see the memory of the engine, which lives inside the worker's module. */
const kShowMemory = `
for (const name of ["instantiate", "instantiateStreaming"]) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...args) => {
    const result = await original.apply(WebAssembly, args);
    const { exports } = result.instance ?? result;
    globalThis.engineMemory = Object.values(exports).find((one) => one instanceof WebAssembly.Memory);
    return result;
  };
}
`;

declare global {
  interface Window {
    /** Requests number `from` up to, but not including, `to`. */
    ask: (from: number, to: number) => Promise<number>;
  }
}

test.beforeEach(async ({ page }) => {
  await page.route("**/package/worker.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: kShowMemory + (await response.text()) });
  });
  await page.goto("/glass/");
  await page.getByTestId("verdict").waitFor();
  await page.evaluate(async () => {
    const address = "/package/index.js";
    const { env, pipeline } = (await import(address)) as typeof import("glassformer");
    env.localModelPath = "/golden/";
    const classify = await pipeline("text-classification", "interventions");
    const answer = await pipeline("question-answering", "question-answering-bert");
    const fill = await pipeline("fill-mask", "fill-mask-bert");
    const extract = await pipeline("feature-extraction", "feature-extraction");
    const goOn = await pipeline("text-generation", "gpt2");
    const text = "The film was wonderful, moving and funny 😀, and I would watch it again. ".repeat(
      3,
    );
    const traced = { output_attentions: true, output_hidden_states: true };
    const kinds = [
      () => classify(text, { ...traced, inspect: { layer: 1, head: 1 } }),
      () => classify([text, "short"], { top_k: null, mask_heads: [[0, 1]] }),
      () =>
        answer("What was wonderful?", text.repeat(3), { ...traced, top_k: 3, output_scores: true }),
      () => answer("", text).catch(() => null),
      () => fill(`The film was [MASK]. ${text}`, { ...traced, top_k: 3 }),
      () => extract([text, "short"], { pooling: "mean" }),
      () => goOn("abc", { max_new_tokens: 5, num_beams: 2 }),
    ];
    window.ask = async (from, to) => {
      for (let i = from; i < to; i += 1) await kinds[i % kinds.length]!();
      return to - from;
    };
  });
});

async function engineBytes(worker: Worker): Promise<number> {
  return worker.evaluate(() => {
    const { engineMemory } = globalThis as unknown as { engineMemory: WebAssembly.Memory };
    return engineMemory.buffer.byteLength;
  });
}

/** What lives after a collection. */
async function pageBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

test("500 mixed requests leave no trace in memory", async ({ page }) => {
  test.setTimeout(180_000);
  await page.evaluate(() => window.ask(0, 50));
  const worker = page.workers().find((one) => one.url().endsWith("/package/worker.js"));
  const before = { engine: await engineBytes(worker!), page: await pageBytes(page) };
  expect(await page.evaluate(() => window.ask(50, 500))).toBe(450);
  const after = { engine: await engineBytes(worker!), page: await pageBytes(page) };
  expect(after.engine / before.engine).toBeLessThan(1.05);
  expect(after.page / before.page).toBeLessThan(1.05);
});
