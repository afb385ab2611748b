// Pictures of the page for people to look at, in build/screenshots.

import { join } from "node:path";
import { expect, kTop, test } from "./glass.js";

const kPictures: { name: string; view: Record<string, string>; width: number; height: number }[] = [
  { name: "desktop", view: { theme: "light" }, width: 1280, height: 900 },
  { name: "dark", view: { theme: "dark" }, width: 1280, height: 900 },
  { name: "zh", view: { lang: "zh", theme: "light", head: "mean" }, width: 1280, height: 900 },
  { name: "phone", view: { theme: "light" }, width: 390, height: 844 },
  { name: "phone-zh-dark", view: { lang: "zh", theme: "dark" }, width: 320, height: 640 },
  { name: "wide", view: { theme: "light" }, width: 3840, height: 2160 },
  {
    name: "long",
    view: { theme: "light", text: "The film was long and rather wonderful. ".repeat(80) },
    width: 1280,
    height: 900,
  },
];

const kMore: typeof kPictures = [
  {
    name: "lines",
    view: { theme: "light", view: "lines", pin: "query-9" },
    width: 1280,
    height: 900,
  },
  { name: "heads", view: { theme: "light", view: "heads" }, width: 1280, height: 900 },
  {
    name: "heads-zh-dark",
    view: { lang: "zh", theme: "dark", view: "heads" },
    width: 390,
    height: 844,
  },
  {
    name: "translation",
    view: { theme: "light", task: "translation", attention: "cross" },
    width: 1280,
    height: 900,
  },
  { name: "flow", view: { theme: "light", view: "flow" }, width: 1280, height: 900 },
  {
    name: "changes",
    view: { theme: "light", view: "heads", off: "1.3-2.4", hidden: "14", occlusion: "1" },
    width: 1280,
    height: 900,
  },
  {
    name: "changes-zh-dark",
    view: { lang: "zh", theme: "dark", off: "1.3-2.4", hidden: "14", occlusion: "1" },
    width: 360,
    height: 740,
  },
  { name: "qa", view: { theme: "light", task: "qa" }, width: 1280, height: 900 },
  { name: "qa-zh-dark", view: { lang: "zh", theme: "dark", task: "qa" }, width: 390, height: 844 },
];

for (const { name, view, width, height } of kMore) {
  test(`picture: ${name}`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height });
    await glass.open(view);
    await expect(page.getByTestId(/^(matrix|lines|all-heads|flow)$/)).toBeVisible();
    await page.screenshot({ path: join(kTop, `build/screenshots/${name}.png`), fullPage: true });
  });
}

for (const { name, view, width, height } of kPictures) {
  test(`picture: ${name}`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height });
    await glass.open(view);
    await expect(glass.verdict).toBeVisible();
    await glass.matrix.focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(kTop, `build/screenshots/${name}.png`), fullPage: true });
  });
}
