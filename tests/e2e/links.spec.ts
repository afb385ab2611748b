import { expect, test } from "./glass.js";

test("a link reopens the same view", async ({ glass, page, context }) => {
  await glass.open();
  await glass.type("A dull film — but 她 & I liked it, 100%!");
  await page
    .getByRole("group", { name: "Layer" })
    .getByLabel("2", { exact: true })
    .check({ force: true });
  await page.getByRole("group", { name: "Head" }).getByLabel("Mean").check({ force: true });
  await page.getByRole("group", { name: "Colours" }).getByLabel("Dark").check({ force: true });
  await page.getByRole("group", { name: "Language" }).getByLabel("中文").check({ force: true });
  await expect(page).toHaveURL(/lang=zh/);
  const address = page.url();

  const other = await context.newPage();
  await other.goto(address);
  await expect(other.getByRole("textbox")).toHaveValue("A dull film — but 她 & I liked it, 100%!");
  await expect(other.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await expect(other.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(other.getByTestId("which")).toHaveText("第 2 层，各头平均");
});

test("an address that is edited by hand is followed, and nonsense in it ignored", async ({
  glass,
  page,
}) => {
  await glass.open({ text: "good", layer: "999", head: "-3", lang: "xx", theme: "blue" });
  await glass.expectTokens("good");
  await page.evaluate(() => (location.hash = "#text=bad&lang=zh"));
  await glass.expectTokens("bad");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
});

test("the language changes without a reload, and every word with it", async ({ glass, page }) => {
  await glass.open();
  await expect(glass.verdict).toBeVisible();
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await page.getByRole("group", { name: "Language" }).getByLabel("中文").check({ force: true });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("看得透的 Transformer");
  await expect(page).toHaveTitle("Glassformer：看得透的 Transformer");
  expect(await page.evaluate(() => "isSamePage" in window)).toBe(true);
  const others = page.locator("main :text-matches('[a-z]{4,}')").locator("visible=true");
  const english = await others.evaluateAll((elements) =>
    elements
      .filter(
        (element) => !element.closest("[lang=en], textarea, svg") && element.children.length === 0,
      )
      .map((e) => e.textContent),
  );
  expect(
    english.filter((text) => !/^看得透的 Transformer$|Transformer 就在/.test(text ?? "")),
  ).toEqual([]);
});

test("a browser that prefers Chinese gets Chinese", async ({ browser }) => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto("/glass/");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await context.close();
});

test("the theme follows the system until one is chosen", async ({ glass, page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await glass.open();
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(paper).not.toBe(light);
  await page.getByRole("group", { name: "Colours" }).getByLabel("Light").check({ force: true });
  await expect.poll(paper).toBe(light);
});
