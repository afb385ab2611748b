// The views of an attention beside the matrix: lines, all heads, whole words; and taking them away.

import { readFileSync } from "node:fs";
import { expect, kSentence, test } from "./glass.js";
import { kHeads, kLayers } from "./sentiment-shape.js";

const kAllHeads = kLayers * kHeads;

async function contentOf(download: { path(): Promise<string> }): Promise<Buffer> {
  return readFileSync(await download.path());
}

test.describe("lines", () => {
  test.beforeEach(async ({ glass, page }) => {
    await glass.open({ text: kSentence, layer: "2", view: "lines" });
    await expect(page.getByTestId("lines")).toBeVisible();
  });

  test("follow the pointer, and a click holds them", async ({ page }) => {
    const queries = page.getByRole("listbox", { name: /queries/ });
    const readout = page.getByTestId("lines-readout");
    await queries.getByRole("option", { name: "great" }).hover();
    await expect(readout).toContainText("“great” looks at “");
    await page.mouse.move(0, 0);
    await expect(readout).toContainText("Point at a token");
    await queries.getByRole("option", { name: "great" }).click();
    await page.mouse.move(0, 0);
    await expect(readout).toContainText("“great” looks at “");
    await expect(page).toHaveURL(/pin=query-4/);
    await queries.getByRole("option", { name: "great" }).click();
    await page.mouse.move(0, 0);
    await expect(readout).toContainText("Point at a token");
  });

  test("are read by keyboard from either side", async ({ page }) => {
    const readout = page.getByTestId("lines-readout");
    await page.getByRole("listbox", { name: /queries/ }).focus();
    for (const key of ["ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
    await expect(readout).toContainText("“it” looks at “");
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("listbox", { name: /keys/ })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(readout).toContainText("“[CLS]” is looked at by “");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option", { selected: true })).toHaveText("[CLS]");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("option", { selected: true })).toHaveCount(0);
  });

  test("of a head are switched off, or seen alone", async ({ page }) => {
    const lines = page.getByTestId("lines");
    const count = async () => Number(await lines.getAttribute("data-lines"));
    const all = await count();
    const third = page.getByRole("button", { name: "Head 3", exact: true });
    await third.click();
    await expect(third).toHaveAttribute("aria-pressed", "false");
    const without = await count();
    expect(without).toBeLessThan(all);
    await third.dblclick();
    await expect.poll(count).toBe(all - without);
    await expect(page).toHaveURL(/heads=3&/);
    await third.focus();
    await page.keyboard.press("Shift+Enter");
    await expect.poll(count).toBe(all);
  });

  test("say the weights that the table has", async ({ glass, page }) => {
    await page.getByRole("button", { name: "Head 1", exact: true }).dblclick();
    await page
      .getByRole("listbox", { name: /queries/ })
      .getByRole("option", { name: "learn", exact: true })
      .hover();
    const sentence = await page.getByTestId("lines-readout").textContent();
    await page.getByRole("group", { name: "View" }).getByLabel("Matrix").check({ force: true });
    await page.getByRole("button", { name: "Show as a table" }).click();
    const row = (await glass.weights())[5]!;
    const strongest = Math.max(...row).toFixed(2);
    expect(sentence).toMatch(new RegExp(`^\\s*“learn” looks at “[^”]+” ${strongest} `));
  });
});

test.describe("all heads", () => {
  test("are sorted by what they do, and open in the matrix", async ({ glass, page }) => {
    await glass.open({ text: kSentence, view: "heads" });
    const heads = page.getByTestId("all-heads").getByRole("listitem");
    await expect(heads).toHaveCount(kAllHeads);
    await page
      .getByRole("group", { name: /mostly do/ })
      .getByRole("radio", { name: /^Previous/ })
      .check({ force: true });
    await expect(heads).not.toHaveCount(kAllHeads);
    const shares = (await heads.allTextContents()).map((text) => Number(/(\d+)%/.exec(text)![1]));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.length).toBeLessThan(kAllHeads);
    const [strongest] = /Layer \d+, head \d+/.exec((await heads.first().textContent())!)!;
    await heads.first().getByRole("button").click();
    await expect(page.getByTestId("which")).toHaveText(strongest);
    await expect(page).toHaveURL(/view=matrix/);
  });
});

test("pieces are merged into words, and special tokens hidden", async ({ glass, page }) => {
  await glass.open({ text: "He dislikes any party.", layer: "1", head: "1" });
  await glass.expectTokens("he", "dislike", "##s", "any", "party", ".");
  await page.getByRole("button", { name: "Show as a table" }).click();
  const pieces = await glass.weights();
  await page.getByLabel("Whole words").check({ force: true });
  await glass.expectTokens("he", "dislikes", "any", "party", ".");
  const words = await glass.weights();
  expect(words[1]![2]).toBeCloseTo(pieces[1]![2]! + pieces[1]![3]!, 5);
  expect(words[2]![1]).toBeCloseTo((pieces[2]![1]! + pieces[3]![1]!) / 2, 5);
  await page.getByLabel("Hide special tokens").check({ force: true });
  await expect(glass.chips).toHaveText(["he", "dislikes", "any", "party", "."]);
  expect((await glass.weights())[0]![1]).toBeCloseTo(words[1]![2]!, 6);
});

test.describe("taking a view away", () => {
  test("as SVG, with the same values", async ({ glass, page }) => {
    await glass.open({ text: kSentence, layer: "2", head: "3" });
    await page.getByRole("button", { name: "Show as a table" }).click();
    const weights = (await glass.weights()).flat();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      glass.attention.getByRole("button", { name: "SVG" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("glassformer-sentiment-matrix.svg");
    const svg = (await contentOf(file)).toString();
    const values = await page.evaluate((text) => {
      const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      const cells = Array.from(picture.querySelectorAll("[data-weight]"));
      return {
        name: picture.nodeName,
        cells: cells.map((cell) => cell.getAttribute("data-weight")),
      };
    }, svg);
    expect(values.name).toBe("svg");
    const visible = weights.filter((weight) => weight >= 5e-4);
    expect(values.cells).toHaveLength(visible.length);
    values.cells.forEach((value, i) => expect(Number(value)).toBeCloseTo(visible[i]!, 6));
  });

  test("as JSON in BertViz's layout", async ({ glass, page }) => {
    await glass.open({ text: kSentence, view: "heads" });
    await expect(page.getByTestId("all-heads").getByRole("listitem")).toHaveCount(kAllHeads);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      glass.attention.getByRole("button", { name: "JSON" }).click(),
    ]);
    const { attention } = JSON.parse((await contentOf(file)).toString());
    const [{ attn, left_text, right_text }] = attention;
    expect([attn.length, attn[0].length, attn[0][0].length, attn[0][0][0].length]).toEqual([
      kLayers,
      kHeads,
      10,
      10,
    ]);
    expect(left_text).toEqual(right_text);
    expect(left_text.slice(0, 3)).toEqual(["[CLS]", "it", "is"]);
    const sum = attn[kLayers - 1][kHeads - 1][9].reduce(
      (total: number, weight: number) => total + weight,
      0,
    );
    expect(sum).toBeCloseTo(1, 4);
  });

  for (const view of ["matrix", "lines", "heads"]) {
    test(`as PNG: ${view}`, async ({ glass, page }) => {
      await glass.open({ text: kSentence, view });
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        glass.attention.getByRole("button", { name: "PNG" }).click(),
      ]);
      const png = await contentOf(file);
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(png.readUInt32BE(16)).toBeGreaterThan(600); // the width
    });
  }
});

test.describe("one head taken apart", () => {
  test("has the weight that the matrix has", async ({ glass, page }) => {
    await glass.open({
      text: kSentence,
      view: "arithmetic",
      layer: "2",
      head: "3",
      pin: "query-4",
    });
    const valueOf = async (id: string) =>
      Number(await page.getByTestId(id).getAttribute("data-value"));
    await expect(page.getByTestId("arithmetic-title")).toContainText("Layer 2, head 3: “great” →");
    await page
      .getByRole("group", { name: /Each key/ })
      .getByRole("radio", { name: /^it / })
      .check({ force: true });
    const [dot, score, weight] = [
      await valueOf("dot"),
      await valueOf("score"),
      await valueOf("weight"),
    ];
    const d_head = 32;
    expect(score).toBeCloseTo(dot / Math.sqrt(d_head), 3);
    await page.getByRole("group", { name: "View" }).getByLabel("Matrix").check({ force: true });
    await page.getByRole("button", { name: "Show as a table" }).click();
    expect((await glass.weights())[3]![1]).toBeCloseTo(weight, 5);
  });
});
