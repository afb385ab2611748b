// Heads switched off and tokens hidden: the answer before and after, and the views that follow.

import { expect, test } from "./glass.js";
import { kWriter } from "./writer.js";

const kText = "It was a wonderful film.";
const kSides = "[data-testid=changes] .side";

test("a hidden token changes the verdict, and everything can be undone", async ({
  glass,
  page,
}) => {
  await glass.open({ text: kText, layer: "1", head: "1" });
  await glass.expectLabel("POSITIVE");
  const sides = page.locator(kSides);
  await expect(sides.nth(1)).toContainText("Nothing is changed yet.");
  const tokens = page.getByRole("group", { name: "Tokens that may be looked at" });
  await tokens.getByRole("switch", { name: "wonderful" }).click();
  await expect(page).toHaveURL(/hidden=5&/);
  await expect(sides.nth(0)).toContainText(
    `Positive, ${(100 * (await glass.score())).toFixed(1)}%`,
  );
  const after = sides.nth(1).locator("dd[data-label=POSITIVE]");
  await expect(after).toBeVisible();
  expect(Number(await after.getAttribute("data-score"))).toBeLessThan((await glass.score()) - 0.1);
  await expect(page.getByTestId("changes-note")).toContainText("Heads off: 0. Tokens hidden: 1.");
  await page.getByRole("button", { name: "Show as a table" }).click();
  for (const row of await glass.weights()) expect(row[4]).toBe(0);
  await page.getByTestId("changes-note").getByRole("button", { name: "Undo all" }).click();
  await expect(page.getByTestId("changes-note")).toHaveCount(0);
  await expect.poll(async () => (await glass.weights())[0]![4]).toBeGreaterThan(0);
});

test("a head is switched off from its matrix, and from among all heads", async ({
  glass,
  page,
}) => {
  await glass.open({ text: kText, layer: "2", head: "3" });
  await page.getByRole("switch", { name: "This head takes part" }).uncheck({ force: true });
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect.poll(async () => (await glass.weights()).flat().every((w) => w === 0)).toBe(true);
  await page.getByRole("group", { name: "View" }).getByLabel("All heads").check({ force: true });
  const heads = page.getByTestId("all-heads");
  await expect(heads.getByRole("switch", { checked: false })).toHaveCount(1);
  await heads.getByRole("switch", { name: "Layer 1, head 4 takes part" }).click();
  await expect(heads.getByRole("switch", { checked: false })).toHaveCount(2);
  await expect(page).toHaveURL(/off=1\.4-2\.3&/);
  await expect(page.getByTestId("changes-note")).toContainText("Heads off: 2.");
});

test("a link brings the changes, and a new text forgets the hidden tokens", async ({
  glass,
  page,
}) => {
  await glass.open({ text: kText, off: "4.12-9.9", hidden: "5-300" });
  await expect(page.getByTestId("changes-note")).toContainText("Heads off: 1. Tokens hidden: 1.");
  await glass.type("He dislikes any party.");
  await glass.expectLabel("NEGATIVE");
  await expect(page.getByTestId("changes-note")).toContainText("Heads off: 1. Tokens hidden: 0.");
});

test("the switches are reached and used by keyboard", async ({ glass, page }) => {
  await glass.open({ text: kText });
  const heads = page.getByRole("group", { name: "Heads that take part" });
  await heads.getByRole("switch", { name: "Layer 1, head 1", exact: true }).focus();
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "Space"])
    await page.keyboard.press(key);
  await expect(heads.getByRole("switch", { name: "Layer 2, head 3" })).toHaveAttribute(
    "aria-checked",
    "false",
  );
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("changes-note")).toContainText("Heads off: 1. Tokens hidden: 1.");
});

test("an answer changes with its token hidden", async ({ glass, page }) => {
  const context = "The lighthouse was built in 1874. A keeper climbed its 214 steps every evening.";
  const question = "When was the lighthouse built?";
  await glass.open({ task: "qa", context, question });
  await expect(page.getByTestId("answer")).toContainText("1874");
  const tokens = page.getByRole("group", { name: "Tokens that may be looked at" });
  await tokens.getByRole("switch", { name: "built" }).first().click();
  const [before, after] = [page.locator(kSides).nth(0), page.locator(kSides).nth(1)];
  await expect(before).toContainText("1874");
  await expect(after.getByRole("listitem")).toHaveCount(3);
  expect(await after.textContent()).not.toBe(await before.textContent());
});

test.describe("a translation", () => {
  const kTranslation = { task: "translation", source: "三只猫", translator: "numbers-zh-en" };

  test("changes with a token of its source hidden, and comes back", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, attention: "cross" });
    await expect(page.getByTestId("output")).toHaveText("three cats");
    const tokens = page.getByRole("group", { name: "Tokens of the text that may be looked at" });
    await tokens.getByRole("switch").filter({ hasText: "三" }).click();
    const [before, after] = [page.locator(kSides).nth(0), page.locator(kSides).nth(1)];
    await expect(page).toHaveURL(/hidden=\d+&/);
    await expect(before).toContainText("three cats");
    await expect(after.locator(".text")).toBeVisible();
    expect(await after.textContent()).not.toContain("three");
    const note = page.getByTestId("changes-note");
    await expect(note).toContainText("Heads off: 0. Tokens hidden: 1.");
    await expect(note).toContainText("three cats →");
    await expect(page.getByTestId("output")).toHaveText("three cats");
    await note.getByRole("button", { name: "Undo all" }).click();
    await expect(note).toHaveCount(0);
    await expect(after).toContainText("Nothing is changed yet.");
  });

  test("has heads of three kinds, each to be switched off by itself", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, attention: "cross", layer: "1", head: "2" });
    await expect(page.getByTestId("output")).toHaveText("three cats");
    for (const kind of ["Encoder", "Decoder", "Decoder to encoder"]) {
      const heads = page.getByRole("group", {
        name: `Heads that take part: ${kind}`,
        exact: true,
      });
      await heads.getByRole("switch", { name: "Layer 1, head 2", exact: true }).click();
    }
    await expect(page).toHaveURL(/off=1\.2-1\.2\.decoder-1\.2\.cross&/);
    await expect(page.getByTestId("changes-note")).toContainText("Heads off: 3.");
    await expect(page.locator(kSides).nth(1).locator(".text")).toBeVisible();
    await page.getByRole("button", { name: "Show as a table" }).click();
    await expect.poll(async () => (await glass.weights()).flat().every((w) => w === 0)).toBe(true);
    await page.getByRole("switch", { name: "This head takes part" }).check({ force: true });
    await expect(page).toHaveURL(/off=1\.2-1\.2\.decoder&/);
    await expect.poll(async () => (await glass.weights()).flat().some((w) => w > 0)).toBe(true);
  });

  test("is changed by its link, in a frame too; another text forgets the tokens", async ({
    glass,
    page,
  }) => {
    const changes = { off: "1.1.cross-1.2.decoder-99.1", hidden: "1-500" };
    await glass.open({ ...kTranslation, ...changes, embed: "1" });
    const note = page.getByTestId("changes-note");
    await expect(note).toContainText("Heads off: 2. Tokens hidden: 1.");
    await expect(note).not.toContainText("…");
    await glass.open({ ...kTranslation, ...changes, embed: "0" });
    await expect(note).toContainText("Heads off: 2. Tokens hidden: 1.");
    await glass.type("五本书");
    await expect(page.getByTestId("output")).toHaveText("five books");
    await expect(note).toContainText("Heads off: 2. Tokens hidden: 0.");
  });
});

test("a text is written on with a token of its beginning hidden, and a head off", async ({
  glass,
  page,
}) => {
  await glass.open({
    task: "generate",
    writer: kWriter,
    prompt: "Once upon a time",
    length: "10",
    off: "1.1.decoder",
  });
  const after = page.locator(kSides).nth(1);
  await expect(after.locator(".text")).toBeVisible();
  const note = page.getByTestId("changes-note");
  await expect(note).toContainText("Heads off: 1. Tokens hidden: 0.");
  const tokens = page.getByRole("group", {
    name: "Tokens of the beginning that may be looked at",
  });
  await tokens.getByRole("switch").first().click();
  await expect(note).toContainText("Heads off: 1. Tokens hidden: 1.");
  await expect(after.locator(".text")).toBeVisible();
  await page.getByRole("button", { name: "Show as a table" }).click();
  for (const row of (await glass.weights()).slice(1)) expect(row[0]).toBe(0);
});
