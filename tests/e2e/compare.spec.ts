// Two texts side by side: both answers, and the attention of one head in both.

import { expect, test } from "./glass.js";

const kFirst = "It was a wonderful film.";
const kSecond = "It was a terrible film.";

test("a second text is compared with the first", async ({ glass, page }) => {
  await glass.open({ text: kFirst, layer: "2", head: "3" });
  await glass.expectLabel("POSITIVE");
  await page.getByRole("button", { name: "Compare with a second text" }).click();
  const second = page.getByRole("textbox", { name: /second text/ });
  await expect(second).toHaveValue(kFirst);
  await second.fill(kSecond);
  const sides = page.getByTestId("compare").locator("> div");
  await expect(sides.nth(1)).toContainText(kSecond);
  await expect(sides.nth(1).locator("strong")).toContainText("Negative");
  await expect(sides.nth(0).locator("strong")).toContainText("Positive");
  const move = page.getByTestId("compare-move");
  await expect(move).toContainText(/“Positive” −\d+\.\d percentage points/);
  await expect(page).toHaveURL(/compare=1&other=It\+was\+a\+terrible\+film\.&/);
  for (const i of [1, 2]) {
    const name = i === 1 ? "First text" : "Second text";
    await expect(page.getByTestId(`compare-matrix-${i}`)).toHaveAccessibleName(
      `Attention matrix. ${name}: Layer 2, head 3. Arrow keys move from cell to cell.`,
    );
  }
});

test("what is pointed at in one is read off in both", async ({ glass, page }) => {
  await glass.open({ text: kFirst, compare: "1", other: kSecond, layer: "1", head: "mean" });
  await page.getByTestId("compare-matrix-1").focus();
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"])
    await page.keyboard.press(key);
  const panels = page.getByTestId(/^compare-matrix/).locator("xpath=../..");
  await expect(panels.nth(0).getByTestId("readout")).toContainText("key “wonderful”");
  await expect(panels.nth(1).getByTestId("readout")).toContainText("key “terrible”");
});

test("a Chinese text is read by its own model, which the page says", async ({ glass, page }) => {
  await glass.open({ text: kFirst, compare: "1", other: "房间很干净。" });
  const sides = page.getByTestId("compare").locator("> div");
  await expect(sides.nth(1)).toContainText("房间很干净。");
  await expect(page.getByText("Two models read these texts")).toBeVisible();
  await page.getByRole("button", { name: "End the comparison" }).click();
  await expect(page).toHaveURL(/compare=0&/);
  await expect(page.getByRole("button", { name: "Compare with a second text" })).toBeVisible();
});
