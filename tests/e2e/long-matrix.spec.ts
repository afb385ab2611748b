// The matrix of a long text: zooming, dragging, and how smoothly that goes.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, kTop, test, type Glass } from "./glass.js";

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

/** Milliseconds of each frame while `work` goes on. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let last = performance.now();
    const note = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await work();
  return page.evaluate(() => (window as unknown as { frames: number[] }).frames.slice(1));
}

async function drag(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const kMoves = 60;
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= kMoves; move += 1) await page.mouse.move(x - 4 * move, y - 4 * move);
  await page.mouse.up();
}

// How long frames take depends on the machine: they are written down for people, in
// build/frames.json.
test("is dragged, and its frames are timed", async ({ glass, page }) => {
  const kFrame = 1000 / 60 + 0.5; // ms, and what a coarse clock may add
  await glass.matrix.scrollIntoViewIfNeeded();
  const box = (await glass.matrix.boundingBox())!;
  const from = { x: box.x + box.width - 60, y: Math.min(box.y + box.height, 700) - 60 };
  const timed: Record<string, object> = {};
  for (const [name, key] of [
    ["readable cells", null],
    ["small cells", "-"],
  ] as const) {
    await glass.matrix.focus();
    if (key) for (let times = 0; times < 3; times += 1) await page.keyboard.press(key);
    await glass.matrix.evaluate((matrix) => matrix.scrollTo(0, 0));
    const frames = await framesDuring(page, () => drag(page, from));
    const scrolled = await glass.matrix.evaluate((matrix) => matrix.scrollLeft);
    expect(scrolled).toBeGreaterThan(150);
    expect(frames.length).toBeGreaterThan(5);
    const sorted = [...frames].sort((a, b) => a - b);
    timed[name] = {
      frames: frames.length,
      shareOver16ms: frames.filter((frame) => frame > kFrame).length / frames.length,
      median: sorted[Math.floor(sorted.length / 2)],
      longest: sorted.at(-1),
    };
  }
  mkdirSync(join(kTop, "build"), { recursive: true });
  writeFileSync(join(kTop, "build/frames.json"), `${JSON.stringify(timed, null, 2)}\n`);
});
