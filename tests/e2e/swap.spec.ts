// Word order: two words in each other's place, and the answer before and after.

import { expect, test } from "./glass.js";

const kText = "Good but not great.";
const kSides = "[data-testid=swap] .side";

test("two words are swapped with two clicks, and put back", async ({ glass, page }) => {
  await glass.open({ text: kText });
  await expect(glass.verdict).toBeVisible();
  const words = page.getByRole("group", { name: "Words to swap" });
  const [before, after] = [page.locator(kSides).nth(0), page.locator(kSides).nth(1)];
  await words.getByRole("button", { name: "Good" }).click();
  await expect(after).toContainText("“Good” and …? Choose another word.");
  await words.getByRole("button", { name: "great" }).click();
  await expect(after).toContainText("great but not Good.");
  await expect(after.locator("mark")).toHaveText(["great", "Good"]);
  await expect(page).toHaveURL(/swap=1-4&/);
  const scores = (side: typeof before) =>
    side
      .locator("dd")
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("data-score"))));
  await expect(after.locator("dd")).toHaveCount(2);
  expect(await scores(after)).not.toEqual(await scores(before));
  expect((await scores(before)).sort().at(-1)).toBe(await glass.score());

  await page.getByRole("button", { name: "Compare the attention" }).click();
  const second = page.getByRole("textbox", { name: /second text/ });
  await expect(second).toHaveValue("great but not Good.");
  await expect(second).toBeFocused();
  await page.getByRole("button", { name: "Put them back" }).click();
  await expect(after).toContainText("Choose two words above.");
  await expect(page).toHaveURL(/swap=none/);
});

test("words are chosen by keyboard, and a new text forgets them", async ({ glass, page }) => {
  await glass.open({ text: kText });
  const words = page.getByRole("group", { name: "Words to swap" });
  await words.getByRole("button", { name: "Good" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  await expect(words.getByRole("button", { name: "great" })).toBeFocused();
  await page.keyboard.press("Enter");
  const after = page.locator(kSides).nth(1);
  await expect(after.locator("mark")).toHaveText(["great", "Good"]);
  await glass.type("The dog bit the man");
  await expect(after).toContainText("Choose two words above.");
});

test("a question is asked with two of its words swapped", async ({ glass, page }) => {
  const context = "The dog of the baker bit the man. Then the man ran home and called a doctor.";
  await glass.open({ task: "qa", context, question: "Who bit whom?", swap: "3-1" });
  const after = page.locator(kSides).nth(1);
  await expect(after).toContainText("whom bit Who?");
  await expect(after.getByRole("listitem")).toHaveCount(3);
  await expect(page.locator(kSides).nth(0).getByRole("listitem").first()).toContainText(
    (await page.getByTestId("answer").textContent())!.trim(),
  );
});
