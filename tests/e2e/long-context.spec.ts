// The shipped reader on an article that is far longer than its window, made here.

import { expect, test } from "./glass.js";

const kTowns = ["Ashmoor", "Belford", "Carrow", "Dunwell", "Eastling", "Farrowdale", "Greyhaven"];
const kTrades = ["wool", "salt", "timber", "herring", "slate", "barley"];
const kParts = ["northern", "southern", "eastern", "western", "upper"];

/** One of many about towns that there are not, of more than fifty words, none twice the same. */
function paragraph(i: number): string {
  const [town, next] = [kTowns[i % kTowns.length], kTowns[(i + 3) % kTowns.length]];
  const [trade, part] = [kTrades[i % kTrades.length], kParts[i % kParts.length]];
  return [
    `In ${1700 + 3 * i} the merchants of ${town} began to sell ${trade} in the ${part} quarter,`,
    `and within ${i + 2} years their carts were seen on every road to ${next}.`,
    `The council built ${i + 5} warehouses near the river, paid for by a tax on ${trade}.`,
    "Travellers praised the quiet streets, though some complained about the price of a bed.",
  ].join(" ");
}

const kLast =
  "At the end of the harbour wall 🌊 stands a lighthouse. Its keeper had a dog called Bramble, who barked at every ship.";
const kArticle = [...Array.from({ length: 56 }, (_, i) => paragraph(i)), kLast].join("\n\n");

test("an answer in the last paragraph of 3,000 words is found", async ({ page }) => {
  test.slow();
  expect(kArticle.split(/\s+/).length).toBeGreaterThan(3000);
  await page.goto("/blank/");
  const address = "/package/index.js";
  const best = await page.evaluate(
    async ([address, context]) => {
      const glassformer = (await import(address)) as typeof import("glassformer");
      glassformer.env.localModelPath = "/glass/models/";
      const answer = await glassformer.pipeline("question-answering", "qa-en");
      const found = await answer("What was the name of the dog?", context);
      await answer.dispose();
      return found;
    },
    [address, kArticle] as const,
  );
  const start = kArticle.indexOf("Bramble");
  expect(best).toMatchObject({ answer: "Bramble", start, end: start + "Bramble".length });
});
