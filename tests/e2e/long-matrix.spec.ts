// The matrix of a long text: zooming and dragging.

import type { Page } from "@playwright/test";
import { expect, test, type Glass } from "./glass.js";

const kLong = "The film was long and rather wonderful. ".repeat(100);

test.beforeEach(async ({ glass }) => {
  await glass.open({ text: kLong });
  await expect(glass.chips).toHaveCount(512);
});

const labels = (glass: Glass) => glass.matrix.locator("svg text").count();

test("is zoomed by buttons, by keyboard and by the wheel", async ({ glass, page }) => {
  const width = () => glass.matrix.evaluate((box) => box.scrollWidth);
  const readable = await width();
  await page.getByRole("group", { name: "Zoom" }).getByRole("button", { name: "See all" }).click();
  await expect.poll(width).toBeLessThan(readable / 8);
  expect(await labels(glass)).toBeLessThan(150);
  const all = await width();
  await glass.matrix.focus();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect.poll(width).toBeGreaterThan(1.5 * all);
  await page.keyboard.press("0");
  await expect.poll(width).toBe(all);
  await glass.matrix.hover();
  await page.keyboard.down("Control");
  for (let turn = 0; turn < 5; turn += 1) await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await expect.poll(width).toBeGreaterThan(2 * all);
  await page.getByRole("button", { name: "Readable" }).click();
  await expect.poll(width).toBe(readable);
});

test("says the same weight at every zoom", async ({ glass, page }) => {
  await glass.matrix.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const sentence = await glass.readout.textContent();
  await page.keyboard.press("0");
  await expect(glass.readout).toHaveText(sentence!);
  await expect(glass.matrix.locator("svg .strong").first()).toBeVisible();
});

async function drag(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const kMoves = 20;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= kMoves; move += 1) await page.mouse.move(x - 12 * move, y - 12 * move);
  await page.mouse.up();
}

// How smoothly: `npm run bench:page`.
test("is dragged, with cells to read and with small ones", async ({ glass, page }) => {
  const scrolled = () => glass.matrix.evaluate((matrix) => matrix.scrollLeft);
  for (const smaller of [0, 3]) {
    for (let times = 0; times < smaller; times += 1) await glass.matrix.press("-");
    await glass.matrix.evaluate((matrix) => matrix.scrollTo(0, 0));
    await expect.poll(scrolled).toBe(0);
    await glass.matrix.scrollIntoViewIfNeeded();
    const box = (await glass.matrix.boundingBox())!;
    await drag(page, { x: box.x + box.width - 60, y: Math.min(box.y + box.height, 700) - 60 });
    await expect.poll(scrolled).toBeGreaterThan(150);
  }
});
