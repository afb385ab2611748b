// The built npm package, used as a web developer would: from a plain page, without a bundler.

import { classifyByCli, expect, kSentence, test } from "./glass.js";

declare global {
  interface Window {
    load: () => Promise<typeof import("glassformer")>;
  }
}

test.beforeEach(async ({ page }) => {
  await page.goto("/blank/");
  await page.evaluate(() => {
    const address = "/package/index.js";
    window.load = async () => {
      const glassformer = (await import(address)) as typeof import("glassformer");
      glassformer.env.localModelPath = "/glass/models/";
      return glassformer;
    };
  });
});

test("classifies, traces, and gives the memory back", async ({ page }) => {
  const seen = await page.evaluate(async (text) => {
    const { pipeline } = await window.load();
    const events = new Set<string>();
    const classify = await pipeline("sentiment-analysis", null, {
      progress_callback: ({ status }) => events.add(status),
    });
    const plain = await classify(text);
    const traced = await classify([text, ""], {
      top_k: null,
      output_attentions: true,
      output_hidden_states: true,
    });
    await classify.dispose();
    return {
      plain: [...plain],
      events: [...events],
      layers: classify.model.layers,
      lengths: traced.map(({ tokens, attentions, hidden_states }) => [
        tokens.length,
        attentions.length,
        hidden_states.length,
      ]),
      dims: traced.map(({ attentions, hidden_states }) => [
        attentions[0]!.dims,
        hidden_states[0]!.dims,
      ]),
      heads: classify.model.heads,
      word: text.slice(...traced[0]!.offsets[3]!),
    };
  }, kSentence);
  expect(seen.plain).toEqual([{ label: "POSITIVE", score: expect.any(Number) }]);
  expect(seen.events).toEqual([
    "initiate",
    "download",
    "progress",
    "progress_total",
    "done",
    "ready",
  ]);
  expect(seen.lengths).toEqual([10, 2].map((n) => [n, seen.layers, seen.layers + 1]));
  expect(seen.dims.map(([attention]) => attention)).toEqual(
    [10, 2].map((n) => [1, seen.heads, n, n]),
  );
  expect(seen.word).toBe("great");
});

test("the command line gives the same score, in fp32 within 1e-4 and in q8 within 1e-2", async ({
  page,
}) => {
  const [fp32, q8] = await page.evaluate(async (text) => {
    const { pipeline } = await window.load();
    const pipes = await Promise.all([
      pipeline("sentiment-analysis", null, { dtype: "fp32" }),
      pipeline("sentiment-analysis", null, { dtype: "q8" }),
    ]);
    const results = await Promise.all(pipes.map((classify) => classify(text)));
    return results.map(([best]) => ({ label: best!.label, score: best!.score }));
  }, kSentence);
  const exact = classifyByCli(kSentence, ["--dtype", "fp32"]);
  expect(fp32!.label).toBe(exact.label);
  expect(Math.abs(fp32!.score - exact.score)).toBeLessThan(1e-4);
  // What f32 rounds in another order may fall into the next step when it is quantised.
  const int8 = classifyByCli(kSentence);
  expect(q8!.label).toBe(int8.label);
  expect(Math.abs(q8!.score - int8.score)).toBeLessThan(1e-2);
});

test("in fp32 the command line gives every text the same score, within 1e-4", async ({ page }) => {
  const texts = [
    "He dislikes any party.",
    "The plot is thin, but I'd watch it again — twice!",
    "It rains.",
  ];
  const scores = await page.evaluate(async (given) => {
    const { pipeline } = await window.load();
    const classify = await pipeline("sentiment-analysis", null, { dtype: "fp32" });
    return Promise.all(given.map(async (text) => (await classify(text))[0]!));
  }, texts);
  for (const [i, text] of texts.entries()) {
    const { label, score } = classifyByCli(text, ["--dtype", "fp32"]);
    expect(scores[i]!.label).toBe(label);
    expect(Math.abs(scores[i]!.score - score)).toBeLessThan(1e-4);
  }
});

test("a hundred requests at once are answered in order, and aborted ones are dropped", async ({
  page,
}) => {
  const outcome = await page.evaluate(async () => {
    const { pipeline } = await window.load();
    const classify = await pipeline("sentiment-analysis");
    const controller = new AbortController();
    const texts = Array.from({ length: 100 }, (_, i) =>
      i % 2 ? "a wonderful film" : "a terrible film",
    );
    const calls = texts.map((text, i) =>
      classify(text, i === 50 ? { signal: controller.signal } : {}),
    );
    controller.abort();
    const settled = await Promise.allSettled(calls);
    return settled.map((result) =>
      result.status === "fulfilled" ? result.value[0]!.label : String(result.reason.name),
    );
  });
  const expected = Array.from({ length: 100 }, (_, i) =>
    i === 50 ? "AbortError" : i % 2 ? "POSITIVE" : "NEGATIVE",
  );
  expect(outcome).toEqual(expected);
});
