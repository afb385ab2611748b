// A text as long as the model reads: no list of its tokens or words makes the page endless, and each
// is walked through by keyboard.

import { expect, test } from "./glass.js";

const kLong = "The film was long and rather wonderful. ".repeat(70);
/** By view, what is there once it is. */
const kViews = { lines: "lines", heads: "all-heads", arithmetic: "weight", flow: "embedding" };
const kPatience = 60_000; // ms: 512 tokens through all layers, on a busy machine
const kWidths = [1280, 390];

for (const width of kWidths) {
  test(`lists of 512 tokens stay in bounds, ${width} px wide`, async ({ glass, page }) => {
    test.slow();
    await page.setViewportSize({ width, height: 800 });
    await glass.open({ text: kLong, occlusion: "1", swap: "2-3" });
    await expect(glass.chips).toHaveCount(512, { timeout: kPatience });
    const lists = [
      page.getByRole("listbox", { name: "Tokens" }),
      page.getByRole("group", { name: "Tokens that may be looked at" }),
      page.getByRole("group", { name: "Words to swap" }),
      page.getByTestId("occlusion").getByRole("region"),
    ];
    for (const list of lists) {
      const box = (await list.boundingBox())!;
      expect(box.height).toBeLessThanOrEqual(430);
      expect(await list.evaluate((element) => element.scrollHeight)).toBeGreaterThan(box.height);
    }
    for (const side of await page.getByTestId("swap").locator(".side").all())
      expect((await side.boundingBox())!.height).toBeLessThanOrEqual(430);
    for (const [view, testId] of Object.entries(kViews)) {
      await page.evaluate((view) => (location.hash = `#view=${view}`), view);
      const section = page.getByRole("region", { name: "Attention", exact: true });
      await expect(page.getByTestId(testId)).toBeVisible({ timeout: kPatience });
      expect((await section.boundingBox())!.height).toBeLessThan(4000);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

test("the last of 512 tokens is reached by keyboard, and seen", async ({ glass, page }) => {
  await glass.open({ text: kLong });
  await expect(glass.chips).toHaveCount(512, { timeout: kPatience });
  const tokens = page.getByRole("listbox", { name: "Tokens" });
  await tokens.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("option", { selected: true })).toHaveText("[SEP]");
  await expect(glass.chips.last()).toBeInViewport();
  const words = page.getByRole("group", { name: "Words to swap" });
  await words.getByRole("button").first().focus();
  await page.keyboard.press("End");
  await expect(words.getByRole("button")).toHaveCount(100);
  await page.getByRole("button", { name: "Show all 490 words" }).click();
  await expect(words.getByRole("button")).toHaveCount(490);
  await words.getByRole("button").first().focus();
  await page.keyboard.press("End");
  await expect(words.getByRole("button").last()).toBeFocused();
  await expect(words.getByRole("button").last()).toBeInViewport();
});
