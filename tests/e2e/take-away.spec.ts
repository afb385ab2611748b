// Sections beside the attention, taken away: as a picture, as numbers, as a frame.

import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./glass.js";
import { kWriter } from "./writer.js";

const kPng = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const kText = "It was a wonderful film.";
const kTranslation = {
  task: "translation",
  source: "一百二十三",
  translator: "numbers-zh-en",
  beams: "3",
};
const kStory = { task: "generate", writer: kWriter, prompt: "Once", length: "6" };
const kFrames = [
  { section: "occlusion", view: { text: kText, occlusion: "1" }, shown: "occlusion" },
  { section: "compare", view: { text: kText, compare: "1", other: "Bad." }, shown: "compare" },
  { section: "swap", view: { text: kText, swap: "2-4" }, shown: "swap" },
  { section: "changes", view: { text: kText, off: "1.2" }, shown: "changes" },
  { section: "stopped", view: { text: kText }, shown: "stopped" },
  { section: "alignment", view: kTranslation, shown: "alignment" },
  { section: "steps", view: kTranslation, shown: "beam-tree" },
  { section: "changes", view: { ...kTranslation, hidden: "1" }, shown: "changes" },
  { section: "stopped", view: { ...kTranslation, stopped: "1" }, shown: "stopped" },
  { section: "changes", view: { ...kStory, off: "1.1" }, shown: "changes" },
  { section: "stopped", view: { ...kStory, stopped: "1" }, shown: "stopped" },
];

const sectionOf = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

async function take(section: Locator, kind: "PNG" | "SVG" | "JSON"): Promise<Buffer> {
  const download = section.page().waitForEvent("download");
  await section.getByRole("button", { name: kind }).click();
  return readFileSync(await (await download).path());
}

const valuesOf = (svg: string, name: string) =>
  Array.from(svg.matchAll(new RegExp(`data-${name}="([^"]+)"`, "g")), ([, value]) => Number(value));

test("the measured words", async ({ glass, page }) => {
  await glass.open({ text: kText, occlusion: "1", theme: "dark" });
  await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
  const section = sectionOf(page, "Word by word");
  const svg = (await take(section, "SVG")).toString();
  const { said, words } = JSON.parse((await take(section, "JSON")).toString()) as {
    said: string;
    words: { text: string; change: number }[];
  };
  expect(said).toBe("Positive");
  expect(words.map(({ text }) => text)).toEqual(["It", "was", "a", "wonderful", "film", "."]);
  valuesOf(svg, "change").forEach((change, i) => expect(change).toBeCloseTo(words[i]!.change, 5));
  expect((await take(section, "PNG")).subarray(0, 4)).toEqual(kPng);
});

test("the word alignment and the search tree", async ({ glass, page }) => {
  await glass.open(kTranslation);
  await expect(page.getByTestId("output")).toHaveAttribute("data-running", "false");
  const alignment = sectionOf(page, "Word alignment");
  const svg = (await take(alignment, "SVG")).toString();
  const { links } = JSON.parse((await take(alignment, "JSON")).toString()) as {
    links: { share: number }[];
  };
  expect(links.length).toBeGreaterThan(1);
  valuesOf(svg, "share").forEach((share, i) => expect(share).toBeCloseTo(links[i]!.share, 5));
  expect((await take(alignment, "PNG")).subarray(0, 4)).toEqual(kPng);

  const steps = sectionOf(page, "Step by step");
  const tree = (await take(steps, "SVG")).toString();
  const json = JSON.parse((await take(steps, "JSON")).toString()) as {
    steps: { hypotheses: { score: number }[] }[];
  };
  const scores = json.steps.flatMap(({ hypotheses }) => hypotheses.map(({ score }) => score));
  valuesOf(tree, "score").forEach((score, i) => expect(score).toBeCloseTo(scores[i]!, 3));
  expect((await take(steps, "PNG")).subarray(0, 4)).toEqual(kPng);
});

interface Pair {
  before: Side;
  after: Side;
}
interface Side {
  said: string;
  scores: { name: string; value: number }[];
}

/** What is in the picture is what is in the file of numbers. */
async function expectPair(section: Locator): Promise<Pair & Record<string, unknown>> {
  const svg = (await take(section, "SVG")).toString();
  const json = JSON.parse((await take(section, "JSON")).toString()) as Pair &
    Record<string, unknown>;
  const scores = [...json.before.scores, ...json.after.scores];
  const drawn = valuesOf(svg, "value");
  expect(drawn).toHaveLength(scores.length);
  drawn.forEach((value, i) => expect(value).toBeCloseTo(scores[i]!.value, 5));
  expect((await take(section, "PNG")).subarray(0, 4)).toEqual(kPng);
  return json;
}

test("the answers after each layer", async ({ glass, page }) => {
  const stops = async () => {
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    const section = sectionOf(page, "Stopped early");
    const svg = (await take(section, "SVG")).toString();
    const { layers, answers } = JSON.parse((await take(section, "JSON")).toString()) as {
      layers: number;
      answers: { layers: number; text: string; probability: number | null }[];
    };
    expect(answers.map(({ layers }) => layers)).toEqual([...Array(layers + 1).keys()]);
    expect(valuesOf(svg, "layers")).toEqual(answers.map(({ layers }) => layers));
    expect((await take(section, "PNG")).subarray(0, 4)).toEqual(kPng);
    return { svg, answers };
  };
  await glass.open({ text: kText });
  const read = await stops();
  expect(read.answers.at(-1)).toMatchObject({ text: "Positive", probability: await glass.score() });
  valuesOf(read.svg, "score").forEach((score, i) =>
    expect(score).toBeCloseTo(read.answers[i]!.probability!, 5),
  );
  await glass.open({ ...kTranslation, stopped: "1" });
  const written = await stops();
  const { text, probability } = written.answers.at(-1)!;
  await expect(page.getByTestId("output")).toHaveText(text);
  expect(probability).toBeNull();
});

test("a changed pass, of a verdict and of a translation", async ({ glass, page }) => {
  const section = sectionOf(page, "What if?");
  await glass.open({ text: kText, off: "1.2", hidden: "5" });
  const { headsOff, tokensHidden, before, after } = await expectPair(section);
  expect(headsOff).toEqual([{ attention: "self", layer: 1, head: 2 }]);
  expect(tokensHidden).toHaveLength(1);
  expect(before.said).toBe("Positive");
  expect(before.scores[0]!.value).not.toBe(after.scores[0]!.value);
  await glass.open({ ...kTranslation, off: "1.1.cross", lang: "zh" });
  const pair = await expectPair(sectionOf(page, "如果……会怎样？"));
  expect(pair["headsOff"]).toEqual([{ attention: "cross", layer: 1, head: 1 }]);
  await expect(page.getByTestId("output")).toHaveText(pair.before.said);
});

test("two swapped words, of a text and of a question", async ({ glass, page }) => {
  const section = sectionOf(page, "Word order");
  await glass.open({ text: kText, swap: "1-4", theme: "dark" });
  const read = await expectPair(section);
  expect(read["swapped"]).toEqual(["It", "wonderful"]);
  expect(read.after).toMatchObject({ text: "wonderful was a It film." });
  const context = "The lighthouse was built in 1874.";
  await glass.open({
    task: "qa",
    context,
    question: "When was the lighthouse built?",
    swap: "1-5",
  });
  const asked = await expectPair(section);
  expect(asked.before.said).toContain("1874");
  expect(asked.after).toMatchObject({ text: "built was the lighthouse When?" });
});

test("three attentions, and two texts, are one picture each", async ({ glass, page }) => {
  await glass.open({ ...kTranslation, view: "three" });
  await expect(page.getByTestId("three-cross")).toBeVisible();
  const three = (await take(sectionOf(page, "Attention"), "SVG")).toString();
  for (const name of ["Encoder", "Decoder", "Decoder to encoder"])
    expect(three).toContain(`>${name}: Layer 2, head 1<`);
  await glass.open({ task: "sentiment", text: kText, compare: "1", other: "Bad." });
  await expect(page.getByTestId("compare-matrix-2")).toBeVisible();
  const both = (await take(sectionOf(page, "Two texts"), "SVG")).toString();
  expect(both).toMatch(/>First text: [^<]+<.*>Second text: /s);
});

test("the link of a section is that of its frame", async ({ glass, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await glass.open({ text: kText, occlusion: "1" });
  await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
  await sectionOf(page, "Word by word").getByRole("button", { name: "Copy the link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const address = await page.evaluate(() => navigator.clipboard.readText());
  expect(address).toContain("section=occlusion");
  await page.goto(address.replace("embed=0", "embed=1"));
  await page.reload();
  await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
  await expect(page.getByRole("region", { name: "Attention", exact: true })).toHaveCount(0);
});

for (const { section, view, shown } of kFrames) {
  test(`a frame shows ${section} alone (${"task" in view ? view.task : "sentiment"})`, async ({
    glass,
    page,
  }) => {
    await glass.open({ ...view, section, embed: "1" });
    await expect(page.getByTestId(shown)).toBeVisible();
    await expect(page.getByRole("heading", { level: 2 })).toHaveCount(1);
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });
}

test("a frame shows the attention where the task has no such section", async ({ glass }) => {
  await glass.open({ text: kText, section: "alignment", embed: "1" });
  await expect(glass.matrix).toBeVisible();
});
