// What stands side by side, judged by axe in every look: two texts, swapped words, three attentions,
// and the alignment with its choices.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./glass.js";

const kTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const kLooks = [
  { name: "light", view: { theme: "light" } },
  { name: "dark", view: { theme: "dark" } },
  { name: "Chinese", view: { lang: "zh" } },
  { name: "a phone", view: {}, width: 320 },
];
const kPages = [
  {
    name: "two texts and swapped words",
    view: {
      text: "The dog bit the man.",
      compare: "1",
      other: "The man bit the dog.",
      swap: "2-5",
    },
    waitFor: ["compare-matrix-2", "compare-move"],
  },
  {
    name: "three attentions and the alignment",
    view: {
      task: "translation",
      source: "2026年11月29日",
      translator: "numbers-zh-en",
      view: "three",
      alignhead: "2",
    },
    waitFor: ["three-cross", "alignment"],
  },
];

for (const { name, view, waitFor } of kPages) {
  for (const look of kLooks) {
    test(`axe finds nothing: ${name}, ${look.name}`, async ({ glass, page }) => {
      if (look.width) await page.setViewportSize({ width: look.width, height: 640 });
      await glass.open({ ...view, ...look.view });
      for (const id of waitFor) await expect(page.getByTestId(id)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).withTags(kTags).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
      ).toEqual([]);
      if (look.width)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(look.width);
    });
  }
}
