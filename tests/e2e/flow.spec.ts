// From input to output: rollout, the change of each layer, and the vectors that enter.

import { readFileSync } from "node:fs";
import { expect, kSentence, test } from "./glass.js";
import { kLayers } from "./sentiment-shape.js";

test("a vector is followed back to the tokens, by mouse and by keyboard", async ({
  glass,
  page,
}) => {
  await glass.open({ text: kSentence, view: "flow" });
  const rollout = page.getByTestId("rollout");
  await expect(rollout).toBeVisible();
  await expect(rollout.locator("svg text", { hasText: `Layer ${kLayers}` })).toBeVisible();
  await rollout.focus();
  for (const key of ["ArrowDown", "ArrowDown", "End", "Home"]) await page.keyboard.press(key);
  const readout = page.getByTestId("rollout-readout");
  await expect(readout).toContainText(/After Layer 2, “\[CLS\]” comes to \d+% from “\[CLS\]”/);
  await page.getByLabel("The vector of").selectOption({ label: "4. great" });
  await expect(page).toHaveURL(/pin=query-4/);
  await expect(readout).toContainText("“great” comes to");
});

test("every layer changes every token, and the picture has every vector", async ({
  glass,
  page,
}) => {
  await glass.open({ text: kSentence, view: "flow" });
  const residual = page.getByTestId("residual");
  await expect(residual).toBeVisible();
  await residual.focus();
  for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  const sentence = await page.getByTestId("residual-readout").textContent();
  const change = Number(/Layer 1 changes “it” by ([\d.]+) of its length/.exec(sentence!)![1]);
  expect(change).toBeGreaterThan(0.05);
  expect(change).toBeLessThan(5);
  const size = await page
    .getByTestId("embedding")
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
  expect(size).toEqual([384, 10]);
});

test("a decoder's vectors come from what is before them, and cross-attention has no such view", async ({
  glass,
  page,
}) => {
  const translation = { task: "translation", source: "three cats", translator: "numbers-en-zh" };
  await glass.open({ ...translation, view: "flow", attention: "decoder" });
  await expect(page.getByTestId("residual")).toBeVisible();
  await expect(page.getByTestId("rollout")).toBeVisible();
  const kinds = page.getByRole("group", { name: "Which attention" });
  await kinds.getByLabel("Decoder to encoder").check({ force: true });
  await expect(page.getByTestId("matrix")).toBeVisible();
  await expect(page.getByRole("group", { name: "View" }).getByLabel("Input to output")).toHaveCount(
    0,
  );
});

test("the rollout can be taken away, and each layer's shares sum to 1", async ({ glass, page }) => {
  await glass.open({ text: kSentence, view: "flow" });
  await expect(page.getByTestId("rollout")).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    glass.attention.getByRole("button", { name: "SVG" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("glassformer-sentiment-flow.svg");
  const svg = readFileSync(await file.path(), "utf8");
  const shares = [...svg.matchAll(/data-weight="([^"]+)"/g)].map(([, share]) => Number(share));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(kLayers, 2);
});
