// The pictures of the documentation, taken anew in every run: a picture that shows something else
// than the one in web/docs takes its place there. Each of them has its sentence in views.md.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, kTop, test } from "./glass.js";
import { keepPicture } from "./picture-file.js";
import { kPictures, sectionOf, type Picture } from "./pictures.js";

const kDocs = join(kTop, "web/docs");
const kFolder = join(kDocs, "views");
const kMostBytes = 120_000;
const kUsualHeight = 900;
const kMargin = 12; // px around a part of the page

test.use({ contextOptions: { reducedMotion: "reduce" }, deviceScaleFactor: 1 });

/** Nothing on its way any more, in whatever the page shows. */
async function expectRest(page: Page, { view, parts }: Picture): Promise<void> {
  await expect(page.getByTestId(/^(matrix|lines|all-heads|flow|arithmetic)$/)).toBeVisible();
  for (const part of parts) await expect(page.getByTestId(part).first()).toBeVisible();
  if (view["view"] === "heads")
    await expect(page.getByTestId("all-heads").getByRole("listitem").first()).toBeVisible();
  if (view["view"] === "flow") await expect(page.getByTestId("embedding")).toBeVisible();
  if (view["hidden"])
    await expect(page.getByTestId("changes").locator("dd[data-score]")).toHaveCount(4);
  if (view["occlusion"]) await expect(page.getByTestId("occlusion-summary")).not.toBeEmpty();
  await page.evaluate(() => document.fonts.ready);
}

async function shoot(page: Page, { parts }: Picture): Promise<Buffer> {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined) return page.screenshot({ caret: "hide" });
  const [top, bottom] = [
    await sectionOf(page, first).boundingBox(),
    await sectionOf(page, last).boundingBox(),
  ];
  const scrolled = await page.evaluate(() => window.scrollY);
  const y = Math.floor(top!.y + scrolled) + 1; // without the line above
  const height = Math.ceil(bottom!.y + bottom!.height + scrolled) - y;
  const x = Math.max(0, Math.floor(top!.x) - kMargin);
  const width = Math.ceil(top!.x + top!.width) + kMargin - x;
  return page.screenshot({ fullPage: true, caret: "hide", clip: { x, y, width, height } });
}

/** Thumbnails are painted one by one: the picture is taken once two in a row are the same. */
async function shootAtRest(page: Page, picture: Picture): Promise<Buffer> {
  let shot = await shoot(page, picture);
  await expect
    .poll(async () => {
      const before = shot;
      shot = await shoot(page, picture);
      return shot.equals(before);
    })
    .toBe(true);
  return shot;
}

for (const picture of kPictures) {
  const { name, view, width, height = kUsualHeight, prepare } = picture;
  test(`picture: ${name}`, async ({ glass, page }) => {
    await page.setViewportSize({ width, height });
    await glass.open(view);
    await expectRest(page, picture);
    await prepare?.(page);
    await page.evaluate(() => window.scrollTo(0, 0));
    const shot = await shootAtRest(page, picture);
    const path = name === "page" ? join(kDocs, "page.png") : join(kFolder, `${name}.png`);
    expect(keepPicture(path, shot).length).toBeLessThan(kMostBytes);
  });
}

test("every picture has its sentence, and there are no others", () => {
  const text = readFileSync(join(kDocs, "views.md"), "utf8");
  const shown = [...text.matchAll(/!\[([^\]]+)\]\(views\/([\w-]+)\.png\)/g)];
  const names = kPictures.map(({ name }) => name).filter((name) => name !== "page");
  expect(shown.map(([, , name]) => name).sort()).toEqual([...names].sort());
  for (const [, words] of shown) expect(words!.length).toBeGreaterThan(20);
  const files = readdirSync(kFolder).filter((file) => file.endsWith(".png"));
  expect(files.filter((file) => !names.includes(file.replace(".png", "")))).toEqual([]);
});
