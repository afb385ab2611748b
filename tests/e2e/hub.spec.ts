// A repository of the Hub in an older layout, from a host that stands for it.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, kTop, test } from "./glass.js";
import { writeRepository } from "./hub-repository.js";

const kFolder = join(kTop, "build/e2e-hub/golden/distilbert");

let shards: string[];

test.use({ expectedMessages: /404/ });
test.beforeAll(() => {
  shards = writeRepository("distilbert-classification", kFolder);
});
test.afterAll(() => rmSync(kFolder, { recursive: true, force: true }));

test("vocab.txt and weights in shards load as they are, and again from the cache", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url().replace(/.*\//, "")));
  await page.goto("/blank/");
  const load = () =>
    page.evaluate(async () => {
      const address = "/package/index.js";
      const { env, pipeline } = (await import(address)) as typeof import("glassformer");
      env.remoteHost = "/hub/";
      env.remotePathTemplate = "{model}/{file}";
      const classify = await pipeline("text-classification", "golden/distilbert");
      const [best] = await classify("ab c", { output_attentions: true });
      const { tokens } = await classify("ab c", { output_attentions: true });
      await classify.dispose();
      return { score: best!.score, tokens: [...tokens] };
    });
  const first = await load();
  expect(first.tokens).toEqual(["[CLS]", "a", "##b", "c", "[SEP]"]);
  expect(asked).toEqual(expect.arrayContaining(["vocab.txt", "tokenizer.json", ...shards]));
  expect(asked).not.toContain("merges.txt");
  asked.length = 0;
  const again = await load();
  expect(again.tokens).toEqual(first.tokens);
  expect(again.score).toBeCloseTo(first.score, 5); // perhaps by the other build of the engine
  expect(asked.filter((name) => /json|txt|safetensors/.test(name))).toEqual([]);
});
