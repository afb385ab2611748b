// A checkpoint in f32 that is quantised while it arrives: the engine's memory never holds the file.
// As a test with a model of a tenth of DistilBERT's size; `npm run bench:load` takes the real one.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { kRealSize, writeDistilBert, type Written } from "./distilbert.js";
import { expect, kTop, test } from "./glass.js";

const kIsReal = process.env["GLASSFORMER_LOAD"] === "real";
const kSize = kIsReal
  ? kRealSize
  : { layers: 3, width: 384, inner: 1536, vocabulary: 15000, positions: 128 };
const kName = kIsReal ? "distilbert-real" : "distilbert-small";
const kFolder = join(kTop, "build/e2e-hub/random", kName);

/** What the engine needs besides a model: its own 16 MB, tokeniser and scratch; and WebAssembly's
 * memory grows by a fifth at a time. */
const kEngineBytes = 24e6;
const kGrowth = 1.2;
const kRealLimit = 160e6;

/** Remembers the memory of every WebAssembly instance of the worker, to be measured. */
const kSpy = `
  self.memories = [];
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const result = await original.apply(WebAssembly, args);
      const exports = Object.values((result.instance ?? result).exports);
      self.memories.push(...exports.filter((value) => value instanceof WebAssembly.Memory));
      return result;
    };
  }
`;

declare global {
  var memories: WebAssembly.Memory[];
}

let facts: Written;

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.use({ expectedMessages: /404/ });

test.beforeAll(async () => {
  facts = await writeDistilBert(kFolder, kSize);
});
test.afterAll(() => rmSync(kFolder, { recursive: true, force: true }));

async function load(page: Page) {
  await page.route("**/package/worker.js", (route) => {
    const script = readFileSync(join(kTop, "web/lib/dist/worker.js"), "utf8");
    return route.fulfill({ contentType: "text/javascript", body: kSpy + script });
  });
  await page.goto("/blank/");
  const seen = await page.evaluate(async (name) => {
    const address = "/package/index.js";
    const { env, pipeline } = (await import(address)) as typeof import("glassformer");
    env.remoteHost = "/hub/";
    env.remotePathTemplate = "{model}/{file}";
    const start = performance.now();
    const classify = await pipeline("text-classification", `random/${name}`, { dtype: "q8" });
    const seconds = (performance.now() - start) / 1000;
    const [best] = await classify("a good film");
    return { seconds, score: best!.score, model: { ...classify.model } };
  }, kName);
  const heap = await page
    .workers()[0]!
    .evaluate(() => Math.max(...self.memories.map((memory) => memory.buffer.byteLength)));
  return { ...seen, heap };
}

test("a large checkpoint takes its final size and little more", async ({ page }, testInfo) => {
  const { seconds, score, model, heap } = await load(page);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  const report = [
    `${(model.parameters / 1e6).toFixed(1)} M parameters`,
    `${megabytes(4 * model.parameters)} in f32`,
    `${megabytes(model.weightBytes)} in memory`,
    `heap ${megabytes(heap)}`,
    `${seconds.toFixed(1)} s`,
  ].join(", ");
  testInfo.annotations.push({ type: "load", description: report });
  console.log(report);
  expect(model.parameters).toBe(facts.parameters);
  expect(model.weightBytes).toBeLessThan(1.1 * facts.parameters);
  expect(score).toBeGreaterThan(0.5);
  expect(heap).toBeLessThan(kGrowth * (model.weightBytes + kEngineBytes));
  if (kIsReal) expect(heap).toBeLessThan(kRealLimit);
});

test("the second visit has it from the browser's cache", async ({ page }) => {
  await load(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await load(page);
  expect(asked.filter((url) => url.includes("/hub/"))).toEqual([]);
});
