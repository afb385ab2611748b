import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, kSentence, test } from "./glass.js";
import { kWriter } from "./writer.js";

async function expectNoViolations(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`),
  ).toEqual([]);
}

const kStates: {
  name: string;
  view: Record<string, string>;
  width?: number;
  withTable: boolean;
}[] = [
  { name: "light", view: { theme: "light" }, withTable: true },
  { name: "dark", view: { theme: "dark" }, withTable: true },
  { name: "Chinese", view: { lang: "zh" }, withTable: true },
  { name: "a phone", view: {}, width: 320, withTable: true },
  { name: "a long text", view: { text: "a good film ".repeat(400) }, withTable: false },
];

for (const { name, view, width, withTable } of kStates) {
  test(`axe finds nothing: ${name}`, async ({ glass, page }) => {
    if (!withTable) test.slow(); // axe judges the colours of thousands of elements
    if (width) await page.setViewportSize({ width, height: 640 });
    await glass.open(view);
    await expect(glass.verdict).toBeVisible();
    if (withTable) await page.getByRole("button", { name: /Show as a table|以表格显示/ }).click();
    await glass.chips.nth(2).hover();
    await expectNoViolations(page);
  });
}

const kTestIds = { lines: "lines", heads: "all-heads", arithmetic: "weight", flow: "embedding" };
for (const view of ["lines", "heads", "arithmetic", "flow"] as const) {
  for (const { name, view: look, width } of kStates.slice(0, 4)) {
    test(`axe finds nothing: ${view}, ${name}`, async ({ glass, page }) => {
      if (width) await page.setViewportSize({ width, height: 640 });
      await glass.open({ ...look, view, pin: "query-3" });
      await expect(page.getByTestId(kTestIds[view])).toBeVisible();
      await expectNoViolations(page);
    });
  }
}

for (const { name, view, width } of kStates.slice(0, 4)) {
  test(`axe finds nothing: question answering, ${name}`, async ({ glass, page }) => {
    if (width) await page.setViewportSize({ width, height: 640 });
    await glass.open({ ...view, task: "qa" });
    await expect(page.getByTestId("answer")).toBeVisible();
    await expectNoViolations(page);
  });
}

for (const { name, view, width } of kStates.slice(0, 4)) {
  test(`axe finds nothing: words hidden and heads off, ${name}`, async ({ glass, page }) => {
    if (width) await page.setViewportSize({ width, height: 640 });
    await glass.open({ ...view, occlusion: "1", off: "1.3-2.4", hidden: "12", view: "heads" });
    await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
    await expect(page.getByTestId("changes").locator("dd").last()).toBeVisible();
    await expectNoViolations(page);
  });
}

for (const task of ["translation", "generate"]) {
  for (const { name, view, width } of kStates.slice(0, 4)) {
    test(`axe finds nothing: ${task}, ${name}`, async ({ glass, page }) => {
      if (width) await page.setViewportSize({ width, height: 640 });
      const changed = { stopped: "1", off: "1.2.decoder", hidden: "1" };
      await glass.open({ ...view, ...changed, task, writer: kWriter });
      await expect(page.getByTestId("output")).toHaveAttribute("data-running", "false");
      await expect(page.getByTestId("candidates")).toBeVisible();
      await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
      await expect(page.getByTestId("changes").locator(".text").last()).toBeVisible();
      await expectNoViolations(page);
    });
  }
}

test("axe finds nothing in an explanation, and Escape closes it", async ({ glass, page }) => {
  await glass.open();
  await page.getByRole("button", { name: "What is: token?" }).click();
  const bubble = page.getByRole("note").filter({ visible: true });
  await expect(bubble).toContainText("The unit the model reads");
  await expectNoViolations(page);
  await page.keyboard.press("Escape");
  await expect(bubble).toHaveCount(0);
});

test.describe("when the model is missing", () => {
  test.use({ expectedMessages: /Failed to load resource/ });

  for (const theme of ["light", "dark"]) {
    test(`axe finds nothing: an error, ${theme}`, async ({ glass, page }) => {
      await page.route("**/manifest.json", (route) => route.fulfill({ status: 404 }));
      await glass.open({ theme });
      await page.getByRole("alert").getByText("Technical details").click();
      await expectNoViolations(page);
    });
  }
});

test("axe finds nothing while the model loads", async ({ glass, page }) => {
  await glass.open({}, "held");
  await expect(page.getByTestId("loading")).toContainText("MB");
  await expectNoViolations(page);
});

test("no page is wider than a small phone", async ({ glass, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const lang of ["en", "zh"]) {
    for (const view of ["matrix", "lines", "heads", "flow"]) {
      await glass.open({ lang, view, occlusion: "1", off: "1.3" });
      await expect(glass.verdict).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    }
  }
});

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
