import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, kSentence, test } from "./glass.js";
import { addWriter, kWriter, kWriterPrompt } from "./writer.js";

async function expectNoViolations(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
  ).toEqual([]);
}

/** Every view is seen in every look; what there is of a task beside them, in every look too. */
interface Look {
  name: string;
  view: { lang: string; theme: string };
  width: number;
  height: number;
  isForced?: boolean;
  scale?: number;
}

// 200 % in a window of 1280 pixels is a window of 640 with twice as many pixels to each.
const kLooks: readonly Look[] = [
  { name: "light", view: { lang: "en", theme: "light" }, width: 1280, height: 900 },
  { name: "dark", view: { lang: "zh", theme: "dark" }, width: 1280, height: 900 },
  { name: "a phone", view: { lang: "en", theme: "dark" }, width: 320, height: 640 },
  {
    name: "forced colours",
    view: { lang: "en", theme: "light" },
    width: 1280,
    height: 900,
    isForced: true,
  },
  {
    name: "200% zoom",
    view: { lang: "zh", theme: "light" },
    width: 640,
    height: 450,
    scale: 2,
  },
];

/** What there is once a view is there to its end. */
const kEndOfView = {
  matrix: "matrix",
  lines: "lines",
  heads: "all-heads",
  flow: "embedding",
  arithmetic: "weight",
};
type View = keyof typeof kEndOfView;
const kViews = Object.keys(kEndOfView) as View[];

/** In any language. */
async function openView(page: Page, view: View): Promise<void> {
  await page.locator(`input[type=radio][value=${view}]`).check({ force: true });
  await expect(page.getByTestId(kEndOfView[view])).toBeVisible();
  if (view === "heads")
    await expect(page.getByTestId("all-heads").getByRole("listitem").first()).toBeVisible();
}

async function wear(page: Page, { width, height, isForced }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ forcedColors: isForced ? "active" : "none" });
}

for (const look of kLooks) {
  test.describe("axe finds nothing", () => {
    test.use({ deviceScaleFactor: look.scale ?? 1 });

    // With all there can be beside the view: the numbers, a token pointed at, heads that are off,
    // words that are hidden and measured, and an explanation.
    test(`in any view of sentiment: ${look.name}`, async ({ glass, page }) => {
      test.slow(); // axe looks at each of some hundred elements
      await wear(page, look);
      await glass.open({ ...look.view, occlusion: "1", off: "1.3-2.4", hidden: "12", layer: "1" });
      await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
      await expect(page.getByTestId("changes").locator("dd[data-score]")).toHaveCount(4);
      await page.getByRole("button", { name: /Show as a table|以表格显示/ }).click();
      await glass.chips.nth(2).hover();
      for (const view of kViews) {
        await openView(page, view);
        await expectNoViolations(page);
      }
      await page.getByRole("button", { name: /What is: token\?|什么是词元？/ }).click();
      const bubble = page.getByRole("note").filter({ visible: true });
      await expect(bubble).toHaveCount(1);
      await expectNoViolations(page);
      await page.keyboard.press("Escape");
      await expect(bubble).toHaveCount(0);
    });
  });
}

const kOtherTasks: { task: string; end: string; views: readonly View[] }[] = [
  { task: "qa", end: "answer", views: ["arithmetic", "flow", "heads", "lines", "matrix"] },
  { task: "translation", end: "alignment", views: ["lines", "heads", "matrix"] },
  { task: "generate", end: "candidates", views: ["matrix", "flow", "lines", "heads"] },
];

for (const { task, end, views } of kOtherTasks) {
  test(`axe finds nothing in ${task}, in any look`, async ({ glass, page }) => {
    test.slow();
    await addWriter(page);
    await glass.open({ task, writer: kWriter, prompt: kWriterPrompt, attention: "cross" });
    await expect(glass.matrix).toBeVisible();
    for (const [i, look] of kLooks.entries()) {
      await wear(page, look);
      for (const value of Object.values(look.view))
        await page.locator(`header input[type=radio][value=${value}]`).check({ force: true });
      await openView(page, views[i % views.length]!);
      await expect(page.getByTestId(end)).toBeVisible();
      await expectNoViolations(page);
    }
  });
}

test.describe("when the model is missing", () => {
  test.use({ expectedMessages: /Failed to load resource/ });

  test("axe finds nothing: an error, in any look", async ({ glass, page }) => {
    await page.route("**/manifest.json", (route) => route.fulfill({ status: 404 }));
    await glass.open();
    const details = page.getByRole("alert").getByText("Technical details");
    await details.click();
    for (const look of kLooks.slice(0, 4)) {
      await wear(page, look);
      await page
        .locator(`header input[type=radio][value=${look.view.theme}]`)
        .check({ force: true });
      await expectNoViolations(page);
    }
  });
});

test("axe finds nothing while the model loads", async ({ glass, page }) => {
  await glass.open({}, "held");
  await expect(page.getByTestId("loading")).toContainText("MB");
  await expectNoViolations(page);
});

for (const lang of ["en", "zh"]) {
  test(`no page is wider than a small phone: ${lang}`, async ({ glass, page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await glass.open({ lang, occlusion: "1", off: "1.3" });
    await expect(glass.verdict).toBeVisible();
    for (const view of kViews) {
      await openView(page, view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
  });
}

test("everything can be done by keyboard alone", async ({ glass, page }) => {
  const focus = page.locator("*:focus");
  const tabTo = async (what: (name: string) => boolean) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      const name = await focus.evaluate(
        (e) =>
          `${e.tagName} ${e.getAttribute("aria-label") ?? e.textContent} ${(e as HTMLInputElement).value ?? ""}`,
      );
      if (what(name)) return;
    }
    throw new Error("Tab never came there");
  };
  await glass.open({ text: kSentence, layer: "1" });
  await expect(glass.verdict).toBeVisible();

  await tabTo((name) => name.includes("Skip to the content"));
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  await tabTo((name) => name.startsWith("TEXTAREA"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("He dislikes any party.");
  await glass.expectLabel("NEGATIVE");
  await tabTo((name) => name.includes("great to learn"));
  await page.keyboard.press("Enter");
  await glass.expectLabel("POSITIVE");
  await tabTo((name) => name.startsWith("UL"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("option", { selected: true })).toHaveText("it");
  await tabTo((name) => name.startsWith("INPUT") && name.endsWith("0"));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByTestId("which")).toContainText("Layer 2");
  await tabTo((name) => name.startsWith("BUTTON Layer 2"));
  await tabTo((name) => name.includes("Attention matrix"));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(glass.readout).toContainText("→");
  await tabTo((name) => name.includes("Show as a table"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table")).toBeVisible();
});

test("focus can be seen on every stop", async ({ glass, page }) => {
  await glass.open();
  await expect(glass.verdict).toBeVisible();
  const focus = page.locator("*:focus");
  let stops = 0;
  for (
    await page.keyboard.press("Tab");
    (await focus.count()) > 0;
    await page.keyboard.press("Tab")
  ) {
    stops += 1;
    const width = await focus.evaluate((element) => {
      const outlined = element.matches("input[type=radio]") ? element.nextElementSibling! : element;
      return parseFloat(getComputedStyle(outlined).outlineWidth);
    });
    expect(width).toBeGreaterThanOrEqual(2);
  }
  expect(stops).toBeGreaterThan(20);
});
