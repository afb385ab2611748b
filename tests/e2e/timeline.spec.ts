// The decoding as a timeline: scrub, play, step and pause, by mouse and by keyboard.

import type { Page } from "@playwright/test";
import { expect, test } from "./glass.js";

const kDate = {
  task: "translation",
  source: "2026年11月29日",
  translator: "numbers-zh-en",
  beams: "2",
};
const kPace = 700; // ms a step

const slider = (page: Page) => page.getByRole("slider", { name: "Step" });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test.beforeEach(async ({ glass, page }) => {
  await page.clock.install();
  await glass.open(kDate);
  await expect(page.getByTestId("output")).toHaveAttribute("data-running", "false");
  await page.clock.pauseAt(Date.now() + 3_600_000);
});

test("plays step by step, pauses, and stops at the end", async ({ page }) => {
  const last = await slider(page).getAttribute("max");
  await button(page, "Play").click();
  await page.clock.runFor(kPace);
  await expect(slider(page)).toHaveValue("2");
  await page.clock.runFor(kPace);
  await expect(slider(page)).toHaveValue("3");
  await button(page, "Pause").click();
  await page.clock.runFor(5 * kPace);
  await expect(slider(page)).toHaveValue("3");
  await button(page, "Play").click();
  for (let step = 3; step < Number(last); step += 1) {
    await page.clock.runFor(kPace);
    await expect(slider(page)).toHaveValue(String(step + 1));
  }
  await expect(button(page, "Play")).toBeVisible();
  await button(page, "Play").click();
  await expect(slider(page)).toHaveValue("1");
});

test("is played, stepped and scrubbed by keyboard", async ({ page }) => {
  const last = (await slider(page).getAttribute("max"))!;
  await slider(page).focus();
  await page.keyboard.press("Space");
  await page.clock.runFor(kPace);
  await expect(slider(page)).toHaveValue("2");
  await page.keyboard.press("Space");
  await expect(button(page, "Play")).toBeVisible();
  await page.keyboard.press("End");
  await expect(slider(page)).toHaveValue(last);
  await expect(slider(page)).toHaveAttribute("aria-valuetext", `Step ${last} of ${last}`);
  await page.keyboard.press("Home");
  await expect(slider(page)).toHaveValue("1");
  await button(page, "One step on").focus();
  for (let step = 1; step < Number(last); step += 1) await page.keyboard.press("Enter");
  await expect(slider(page)).toHaveValue(last);
  await expect(button(page, "One step on")).toBeFocused();
  await expect(button(page, "One step on")).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await expect(slider(page)).toHaveValue(last);
  await button(page, "One step back").press("Enter");
  await expect(slider(page)).toHaveValue(String(Number(last) - 1));
});

test("keeps the step in sight, and stays still for those who want that", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  const tree = page.getByRole("region", { name: "The search tree" });
  const bar = page.getByTestId("candidates").locator(".bar").first();
  const duration = await bar.evaluate((element) => getComputedStyle(element).transitionDuration);
  expect(parseFloat(duration)).toBe(0);
  expect(await tree.evaluate((element) => element.scrollLeft)).toBe(0);
  await slider(page).focus();
  await page.keyboard.press("End");
  const isInSight = () =>
    tree.evaluate((element) => {
      const [box, node] = [
        element.getBoundingClientRect(),
        element.querySelector(".node.now")!.getBoundingClientRect(),
      ];
      return node.left >= box.left && node.right <= box.right;
    });
  await expect.poll(isInSight).toBe(true);
  await page.keyboard.press("Home");
  await expect.poll(isInSight).toBe(true);
});
