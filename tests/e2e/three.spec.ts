// An encoder-decoder's three attentions side by side, and what its word alignment is read off.

import { expect, test } from "./glass.js";

const kDate = {
  task: "translation",
  source: "2026年11月29日",
  translator: "numbers-zh-en",
  beams: "2",
};
const kKinds = ["self", "decoder", "cross"] as const;

test("three matrices stand side by side, and below each other on a phone", async ({
  glass,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await glass.open({ ...kDate, view: "three", layer: "2", head: "3" });
  for (const kind of kKinds) await expect(page.getByTestId(`three-${kind}`)).toBeVisible();
  const boxOf = async (kind: string) => (await page.getByTestId(`three-${kind}`).boundingBox())!;
  const [self, decoder, cross] = [
    await boxOf("self"),
    await boxOf("decoder"),
    await boxOf("cross"),
  ];
  expect(decoder.x).toBeGreaterThan(self.x + self.width - 1);
  expect(cross.x).toBeGreaterThan(decoder.x + decoder.width - 1);
  expect(cross.y).toBe(self.y);
  await expect(page.getByTestId("three-decoder")).toHaveAccessibleName(/Decoder: Layer 2, head 3/);
  await page.setViewportSize({ width: 320, height: 640 });
  await expect
    .poll(async () => (await boxOf("decoder")).y)
    .toBeGreaterThan((await boxOf("self")).y + 50);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
});

test("each says its own weights, and opens in the matrix", async ({ glass, page }) => {
  await glass.open({ ...kDate, view: "three", attention: "cross" });
  const matrix = page.getByTestId("three-decoder");
  await matrix.focus();
  for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  const readout = matrix.locator("xpath=../..").getByTestId("readout");
  await expect(readout).toContainText("it comes later");
  await expect(
    page.getByTestId("three-self").locator("xpath=../..").getByTestId("readout"),
  ).toContainText("Rows are queries");
  await page.getByRole("button", { name: "Look into this one: Decoder", exact: true }).click();
  await expect(page).toHaveURL(/attention=decoder&view=matrix/);
  await expect(page.getByTestId("matrix")).toBeVisible();
  await expect(page.getByText("masked: comes later")).toBeVisible();
});

test("is not there where there is one attention", async ({ glass, page }) => {
  await glass.open({ text: "good", view: "three" });
  await expect(glass.matrix).toBeVisible();
  const views = page.getByRole("group", { name: "View" });
  await expect(views.getByLabel("All heads")).toHaveCount(1);
  await expect(views.getByLabel("Three attentions")).toHaveCount(0);
});

test("the alignment is read off the layer and head in the link", async ({ glass, page }) => {
  await glass.open({ ...kDate, align: "1", alignhead: "2" });
  const layers = page.getByRole("group", { name: "Decoder layer" });
  const heads = page.getByRole("group", { name: "Its heads" });
  await expect(layers.getByLabel("1", { exact: true })).toBeChecked();
  await expect(heads.getByLabel("2", { exact: true })).toBeChecked();
  await expect(page.getByText(/decoder to encoder \(Layer 1, head 2\)/)).toBeVisible();
  const lines = page.getByTestId("alignment").locator("path");
  const shares = () =>
    lines.evaluateAll((paths) => paths.map((path) => path.getAttribute("data-share")));
  const words = await page.getByTestId("alignment").locator("text").allTextContents();
  expect(words.join("")).toMatch(new RegExp(`^${kDate.source}November`));
  const ofOneHead = await shares();
  await heads.getByLabel("Mean").check({ force: true });
  await expect(page).toHaveURL(/align=1&alignhead=mean/);
  await expect.poll(shares).not.toEqual(ofOneHead);
  await layers.getByLabel("2", { exact: true }).check({ force: true });
  await expect(page).toHaveURL(/align=2&/);
});
