import { expect, kSentence, test } from "./glass.js";

// What is pointed at may still be on its way to its place: then the mouse goes there once more.
const kAtOnce = 1000; // ms

const kTokens = ["it", "is", "great", "to", "learn", "deep", "learning", "."];

test.beforeEach(async ({ glass }) => {
  await glass.open({ text: kSentence, layer: "1", head: "1" });
  await glass.expectTokens(...kTokens);
});

test("every row of every head sums to 1", async ({ glass, page }) => {
  await page.getByRole("button", { name: "Show as a table" }).click();
  const heads = page.getByRole("gridcell").getByRole("button");
  const all = await glass.weightsOfEach(heads);
  expect(all.length).toBeGreaterThan(1);
  expect(new Set(all.map(({ which }) => which)).size).toBe(await heads.count());
  for (const { rows } of all) {
    expect(rows).toHaveLength(kTokens.length + 2);
    for (const row of rows) {
      expect(row).toHaveLength(kTokens.length + 2);
      expect(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-4);
    }
  }
});

test("heads differ, and the mean is their mean", async ({ glass, page }) => {
  await page.getByRole("button", { name: "Show as a table" }).click();
  const heads = page.getByRole("gridcell").getByRole("button", { name: /Layer 1, / });
  const [mean, ...rest] = (await glass.weightsOfEach(heads)).map(({ rows }) => rows);
  expect(rest[0]).not.toEqual(rest[1]);
  const average = rest.reduce((sum, matrix) => sum + matrix[1]![3]!, 0) / rest.length;
  expect(mean![1]![3]).toBeCloseTo(average, 5);
});

test("pointing at a cell says its weight, as the table has it", async ({ glass, page }) => {
  await page.getByRole("button", { name: "Show as a table" }).click();
  const weights = await glass.weights();
  await glass.matrix.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowRight"])
    await page.keyboard.press(key);
  await expect(glass.readout).toContainText(
    `query “great” → key “it” ${weights[3]![1]!.toFixed(2)}`,
  );
  await expect(glass.readout).toContainText("The row sums to 1.000.");
});

test("pointing at a label or a chip highlights its row and its column", async ({ glass, page }) => {
  const strong = glass.matrix.locator("svg .strong");
  await glass.chips.nth(3).hover();
  await expect(strong).toHaveText(["great", "great"]);
  const label = glass.matrix.locator("svg text", { hasText: /^learn$/ }).first();
  // The axes lie under the cells' own events, and so a label counts as covered.
  await expect(async () => {
    await label.hover({ force: true });
    await expect(strong).toHaveText(["learn", "learn"], { timeout: kAtOnce });
  }).toPass();
  await expect(glass.chips.nth(5)).toHaveClass(/query/);
  await page.mouse.move(0, 0);
  await expect(strong).toHaveCount(0);
});

test("the mouse finds the cell under it", async ({ glass, page }) => {
  const label = glass.matrix.locator("svg text", { hasText: /^deep$/ }).first();
  await expect(async () => {
    await label.scrollIntoViewIfNeeded();
    const row = (await label.boundingBox())!;
    const canvas = (await glass.matrix.locator("canvas").boundingBox())!;
    await page.mouse.move(canvas.x + 3, row.y + row.height / 2);
    const cell = "query “deep” → key “[CLS]”";
    await expect(glass.readout).toContainText(cell, { timeout: kAtOnce });
  }).toPass();
});

test("layer and head are chosen by keyboard, in the pickers and in the overview", async ({
  page,
}) => {
  const title = page.getByTestId("which");
  await page.getByRole("group", { name: "Layer" }).getByLabel("1", { exact: true }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(title).toHaveText("Layer 2, head 1");
  await page.getByRole("group", { name: "Head" }).getByLabel("1", { exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(title).toHaveText("Layer 2, mean of its heads");
  await page.getByRole("button", { name: "Layer 2, mean of its heads" }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(title).toHaveText("Layer 1, head 2");
  await expect(page.getByRole("button", { name: "Layer 1, head 2" })).toBeFocused();
});

test("the numbers can be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy the numbers" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  expect(lines[0]!.split("\t")).toEqual(["", "[CLS]", ...kTokens, "[SEP]"]);
  const weights = lines[1]!.split("\t").slice(1).map(Number);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
});

test("a long text scrolls inside the matrix, with few elements", async ({ glass, page }) => {
  await glass.type("The film was long and rather wonderful. ".repeat(100));
  await expect(glass.chips).toHaveCount(512);
  expect(await glass.matrix.locator("svg text").count()).toBeLessThan(150);
  const isInside = await page.evaluate(
    () => document.documentElement.scrollWidth <= window.innerWidth,
  );
  expect(isInside).toBe(true);
  await glass.matrix.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+End");
  await expect(glass.readout).toContainText("query “[SEP]” → key “[SEP]”");
  await expect(glass.matrix.locator("svg .strong")).toHaveText(["[SEP]", "[SEP]"]);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(512);
});
