// Generation in the built npm package, with tiny models: whole texts, streaming, stopping. What the
// engine generates is compared with the command line's.

import { askCli } from "./cli.js";
import { expect, test } from "./glass.js";

const kText = 'Abc de. "Fed cab."\n\n  Bad cafe!\n* * *\nDeaf.';
const kSentences = ["Abc de.", '"Fed cab."', "Bad cafe!", "Deaf."];

test.beforeEach(async ({ page }) => {
  await page.goto("/blank/");
  await page.evaluate(() => {
    const address = "/package/index.js";
    window.load = async () => {
      const glassformer = (await import(address)) as typeof import("glassformer");
      glassformer.env.localModelPath = "/golden/";
      return glassformer;
    };
  });
});

/** The best sequence of each text. */
function generateByCli(task: string, model: string, options: object, texts: string[]): string[] {
  const folder = `tests/golden/models/generation/${model}`;
  const flags = ["--model", folder, "--options", JSON.stringify(options)];
  const results = askCli<{ translation_text: string }[][]>(["run", task, ...flags, "--", ...texts]);
  return results.map(([best]) => best!.translation_text);
}

test("translates a text with its layout, as the command line does its sentences", async ({
  page,
}) => {
  const options = { num_beams: 3, no_repeat_ngram_size: 2 };
  const expected = generateByCli("translation", "marian", options, kSentences);
  const [result] = await page.evaluate(
    async ([text, beams]) => {
      const { pipeline } = await window.load();
      const translate = await pipeline("translation_zh_to_en");
      const results = await translate(text, { ...beams, output_attentions: true });
      await translate.dispose();
      return results;
    },
    [kText, options] as const,
  );
  expect(result!.sentences.map(({ generated_text }) => generated_text)).toEqual(expected);
  const [one, two, three, four] = expected;
  expect(result!.translation_text).toBe(`${one} ${two}\n\n  ${three}\n* * *\n${four}`);
  const { source, target, cross_attentions } = result!.sentences[0]!;
  const dims = [1, 4, target!.tokens.length, source!.tokens.length];
  expect(cross_attentions!.map((tensor) => tensor.dims)).toEqual([dims, dims]);
});

test("streams token by token, and sampling repeats with its seed", async ({ page }) => {
  const seen = await page.evaluate(async () => {
    const { pipeline, TextStreamer } = await window.load();
    const goOn = await pipeline("text-generation", "gpt2");
    const pieces: string[] = [];
    const streamer = new TextStreamer((piece) => pieces.push(piece));
    const options = { do_sample: true, temperature: 2, max_new_tokens: 10, min_new_tokens: 10 };
    const settings = { ...options, seed: 3, return_full_text: false };
    const [first] = await goOn("abc", { ...settings, streamer });
    const [same] = await goOn("abc", settings);
    const probabilities: number[] = [];
    for await (const step of goOn.stream("abc", { ...settings, output_candidates: 2 }))
      for (const { candidates } of step.sentences)
        probabilities.push(...candidates[0]!.map(({ probability }) => probability));
    return { first: first!.generated_text, same: same!.generated_text, pieces, probabilities };
  });
  expect(seen.same).toBe(seen.first);
  expect(seen.pieces.length).toBeGreaterThan(3);
  expect(seen.pieces.join("").trim()).toBe(seen.first.trim());
  expect(seen.probabilities).toHaveLength(20);
  for (const probability of seen.probabilities) expect(probability).toBeLessThanOrEqual(1);
});

test("stops in the middle, at once, and the next request is right", async ({ page }) => {
  const kLongestWait = 100; // ms
  const seen = await page.evaluate(async () => {
    const { pipeline } = await window.load();
    const translate = await pipeline("translation");
    const before = JSON.stringify(await translate("Abc de."));
    const stop = async () => {
      const controller = new AbortController();
      let stopped = 0;
      let steps = 0;
      const on_step = () => {
        steps += 1;
        if (steps !== 5) return;
        stopped = performance.now();
        controller.abort();
      };
      const options = { signal: controller.signal, on_step, num_beams: 5 };
      const failure = await translate("Abc de. ".repeat(300), options).catch(
        (thrown: unknown) => (thrown as Error).name,
      );
      const wait = performance.now() - stopped;
      const isSame = JSON.stringify(await translate("Abc de.")) === before;
      return { failure, wait, steps, isSame };
    };
    return [await stop(), await stop(), await stop()];
  });
  for (const { failure, steps, isSame } of seen) {
    expect(failure).toBe("AbortError");
    expect(steps).toBeLessThan(30);
    expect(isSame).toBe(true);
  }
  // A busy machine may let any one of them wait.
  expect(Math.min(...seen.map(({ wait }) => wait))).toBeLessThan(kLongestWait);
});

test("says what is wrong with a request", async ({ page }) => {
  const messages = await page.evaluate(async () => {
    const { pipeline } = await window.load();
    const translate = await pipeline("translation");
    const refused = async (work: Promise<unknown>) =>
      work.then(
        () => "nothing",
        (thrown: unknown) => (thrown as Error).message,
      );
    return Promise.all([
      refused(translate("a", { num_beams: 0 })),
      refused(translate("a", { num_beams: 2, num_return_sequences: 3 })),
      refused(translate("a", { do_sample: true, top_p: 2 })),
      refused(translate("a", { beams: 2 } as object)),
      refused(pipeline("translation_fr_to_en")),
    ]);
  });
  expect(messages[0]).toContain("num_beams: expected a whole number of 1 or more, got 0");
  expect(messages[1]).toContain("num_return_sequences: expected at most 2");
  expect(messages[2]).toContain("top_p");
  expect(messages[3]).toContain('"beams" is not supported');
  expect(messages[4]).toContain("expected a model for translation from fr to en, got zh to en");
});
