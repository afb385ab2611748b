// Translation and text generation: as it comes, step by step, and what was looked at.

import { expect, test } from "./glass.js";
import { kWriter } from "./writer.js";

const kTranslation = { task: "translation", source: "three cats", translator: "numbers-en-zh" };
const kWriting = {
  task: "generate",
  writer: kWriter,
  prompt: "Once upon a time, there was a",
  length: "10",
};

test.describe("translation", () => {
  test("gives the best and the next best, with their scores", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, beams: "3" });
    const output = page.getByTestId("output");
    await expect(output).toHaveText("三只猫");
    await expect(output).toHaveAttribute("data-running", "false");
    const best = page.getByTestId("n-best").getByRole("listitem");
    await expect(best).toHaveCount(3);
    await expect(best.first()).toContainText("三只猫");
    const scores = (await best.allTextContents()).map((text) =>
      Number(/score (\S+)/.exec(text)![1]),
    );
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test("goes in the direction of the text that is typed", async ({ glass, page }) => {
    await glass.open(kTranslation);
    const output = page.getByTestId("output");
    await expect(output).toHaveText("三只猫");
    const source = page.getByRole("textbox", { name: "The text to translate" });
    await source.fill("三只猫");
    await expect(output).toHaveText("three cats");
    await expect(page.getByLabel("Chinese to English, numbers")).toBeChecked();
    await source.fill("two cats");
    await expect(output).toHaveText("两只猫");
    await expect(page).toHaveURL(/translator=numbers-en-zh/);
  });

  test("knows everyday sentences", async ({ glass, page }) => {
    await glass.open({ task: "translation" });
    await expect(page.getByTestId("output")).toContainText("cat");
    await expect(page.getByLabel("Chinese to English", { exact: true })).toBeChecked();
    const pairs = page
      .getByRole("list", { name: /^Words of the translation/ })
      .getByRole("listitem");
    await expect(pairs.filter({ hasText: "cat ← 猫" })).toHaveCount(1);
  });

  test("knows everyday sentences in the other direction", async ({ glass, page }) => {
    await glass.open({ task: "translation" });
    const output = page.getByTestId("output");
    await expect(output).toContainText("cat");
    const source = page.getByRole("textbox", { name: "The text to translate" });
    await source.fill("I have a cat.");
    await expect(page.getByLabel("English to Chinese", { exact: true })).toBeChecked();
    await expect(output).toContainText("猫");
  });

  test("is seen step by step", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, beams: "2" });
    await expect(glass.matrix).toBeVisible(); // to its end
    await expect(page.getByTestId("output")).toHaveText("三只猫");
    await expect(page.getByTestId("beam-tree")).toBeVisible();
    const candidates = page.getByTestId("candidates").getByRole("listitem");
    const shares = await candidates.evaluateAll((items) =>
      items.map((item) => Number(item.getAttribute("data-probability"))),
    );
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(1.001);
    await page.getByRole("button", { name: "One step on" }).click();
    await expect(page).toHaveURL(/step=2/);
    await expect(page.getByText("Step 2 of")).toBeVisible();
    await page.getByRole("slider", { name: "Step" }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByText("Step 1 of")).toBeVisible();
  });

  test("shows three attentions, each with its own tokens", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, attention: "cross", view: "matrix" });
    await expect(
      page
        .getByRole("listbox", { name: /queries/ })
        .getByRole("option")
        .first(),
    ).toBeVisible();
    await page.getByRole("button", { name: "Show as a table" }).click();
    for (const row of await glass.weights())
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 3);
    const kinds = page.getByRole("group", { name: "Which attention" });
    await kinds.getByLabel("Decoder", { exact: true }).check({ force: true });
    await expect(page.getByText("masked: comes later")).toBeVisible();
    const rows = await glass.weights();
    rows.forEach((row, query) => row.slice(query + 1).forEach((weight) => expect(weight).toBe(0)));
    await kinds.getByLabel("Encoder", { exact: true }).check({ force: true });
    await expect(page.getByText("masked: comes later")).toHaveCount(0);
  });

  test("says which word is from which", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, source: "three cats" });
    const pairs = page
      .getByRole("list", { name: /^Words of the translation/ })
      .getByRole("listitem");
    await expect(pairs).toHaveText([/三 ← three \d+%/, /只 ← /, /猫 ← cats \d+%/]);
    const lines = page.getByTestId("alignment").locator("path");
    const shares = await lines.evaluateAll((paths) =>
      paths.map((path) => Number(path.getAttribute("data-share"))),
    );
    expect(shares.length).toBeGreaterThanOrEqual(3);
    for (const share of shares) expect(share).toBeLessThanOrEqual(1);
    const layers = page.getByRole("group", { name: "Decoder layer" });
    await layers.getByLabel("2", { exact: true }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect(layers.getByLabel("1", { exact: true })).toBeChecked();
  });

  test("goes the other way with another model", async ({ glass, page }) => {
    await glass.open(kTranslation);
    await expect(page.getByTestId("output")).toHaveText("三只猫");
    await page
      .getByRole("group", { name: "Translate" })
      .getByLabel("Chinese to English, numbers")
      .check({ force: true });
    await page.getByRole("button", { name: "三只猫" }).click();
    await expect(page.getByTestId("output")).toHaveText("three cats");
  });
});

test.describe("generation", () => {
  test("shows the mask, and what each token was chosen from", async ({ glass, page }) => {
    await glass.open({ ...kWriting, decoding: "greedy" });
    await expect(page.getByText("masked: comes later")).toBeVisible();
    await glass.matrix.focus();
    for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    await expect(glass.readout).toContainText("it comes later");
    await expect(page.getByTestId("candidates").getByRole("listitem").first()).toContainText(
      "chosen",
    );
  });
});
