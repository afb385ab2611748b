// While the page loads, nothing that is already there moves: not when the model arrives, not when
// the answer does; on a desktop and on a phone, on the first visit and on the second.

import type { Page } from "@playwright/test";
import { expect, test } from "./glass.js";
import { kWriter } from "./writer.js";

const kLargestShift = 0.01;

interface Shift {
  value: number;
  moved: string[];
}

declare global {
  interface Window {
    shifts: Shift[];
  }
}

async function noteShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface LayoutShift extends PerformanceEntry {
      value: number;
      sources: { node: Node | null }[];
    }
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(
          ({ node }) => (node as Element | null)?.outerHTML?.slice(0, 100) ?? "",
        );
        window.shifts.push({ value: entry.value, moved });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** What was drawn is measured: two frames later all entries are there. */
async function shiftsOf(page: Page): Promise<Shift[]> {
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0))),
      ),
  );
  return page.evaluate(() => window.shifts);
}

const kTasks: { name: string; view: Record<string, string>; there: string }[] = [
  { name: "sentiment", view: {}, there: "verdict" },
  { name: "qa", view: { task: "qa" }, there: "answer" },
  { name: "translation", view: { task: "translation" }, there: "beam-tree" },
  { name: "generate", view: { task: "generate", writer: kWriter, length: "10" }, there: "matrix" },
];

for (const [device, width, height] of [
  ["a desktop", 1280, 900],
  ["a phone", 390, 844],
] as const) {
  for (const { name, view, there } of kTasks) {
    test(`nothing moves: ${name}, ${device}`, async ({ glass, page }) => {
      await page.setViewportSize({ width, height });
      await noteShifts(page);
      for (const visit of ["first", "second"]) {
        await glass.open({ theme: "light", ...view });
        await expect(page.getByTestId(there)).toBeVisible();
        await expect(glass.matrix).toBeVisible();
        const shifts = await shiftsOf(page);
        const sum = shifts.reduce((total, { value }) => total + value, 0);
        expect(sum, `${visit} visit: ${JSON.stringify(shifts)}`).toBeLessThan(kLargestShift);
        await page.goto("/blank/");
      }
    });
  }
}
