// What the answer loses without each word, measured by asking again.

import { expect, kSentence, test } from "./glass.js";

const kLong = "The film was long and rather wonderful. ".repeat(60);

test.describe("occlusion in sentiment analysis", () => {
  test("hides each word in turn, and says what that does", async ({ glass, page }) => {
    await glass.open({ text: "It was a wonderful film." });
    await glass.expectLabel("POSITIVE");
    const score = await glass.score();
    await page.getByRole("button", { name: "Hide each word in turn" }).click();
    const words = page.getByTestId("occlusion").getByRole("listitem");
    await expect(words).toHaveCount(6);
    await expect(page.getByTestId("occlusion-summary")).toContainText("“wonderful” −");
    await expect(page.getByTestId("occlusion-full")).toHaveAttribute("data-score", String(score));
    const changes = await words.evaluateAll((items) =>
      items.map((item) => Number(item.getAttribute("data-change"))),
    );
    expect(Math.min(...changes)).toBe(changes[3]);
    expect(changes[3]).toBeLessThan(-0.1);
    await expect(words.nth(3)).toContainText(`−${(-100 * changes[3]!).toFixed(1)}`);
    await expect(page).toHaveURL(/occlusion=1/);
  });

  test("follows the text", async ({ glass, page }) => {
    await glass.open({ text: kSentence, occlusion: "1" });
    const words = page.getByTestId("occlusion").getByRole("listitem");
    await expect(words).toHaveCount(8);
    await glass.type("He dislikes any party.");
    await expect(words).toHaveCount(5);
    await expect(words.nth(1)).toContainText("dislikes");
    await expect(page.getByTestId("occlusion-summary")).toContainText("“dislikes”");
  });

  test("of a long text can be stopped, and begun again", async ({ glass, page }) => {
    await glass.open({ text: kLong, occlusion: "1" });
    // The first measurement says how many words there are.
    await expect(page.getByTestId("occlusion").locator("li[data-change]").first()).toBeVisible();
    await page.getByRole("button", { name: "Stop" }).click();
    const words = page.getByTestId("occlusion").locator("li");
    await expect(page.getByRole("button", { name: "Measure again" })).toBeVisible();
    const measured = await page.getByTestId("occlusion").locator("li[data-change]").count();
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(await words.count());
    await page.getByRole("button", { name: "Measure again" }).press("Enter");
    await expect(page.getByRole("progressbar", { name: "Words measured" })).toBeVisible();
  });
});

test("occlusion in question answering knows the question from the text", async ({
  glass,
  page,
}) => {
  const context = "The lighthouse was built in 1874. A keeper climbed its 214 steps every evening.";
  const question = "When was the lighthouse built?";
  await glass.open({ task: "qa", context, question, occlusion: "1" });
  await expect(page.getByTestId("answer")).toContainText("1874");
  await expect(page.getByTestId("occlusion-full")).toContainText("1874");
  const strips = page.getByTestId("occlusion");
  await expect(strips.getByRole("heading")).toHaveText(["Question", "Text"]);
  const ofQuestion = strips.getByRole("region", { name: /^Question/ }).getByRole("listitem");
  await expect(ofQuestion).toHaveCount(6);
  await expect(page.getByTestId("occlusion-summary")).toContainText(
    "Hiding these moves it most: “",
  );
  const score = Number(await page.getByTestId("occlusion-full").getAttribute("data-score"));
  const whole = Number(await page.getByTestId("answer").getAttribute("data-score"));
  expect(score).toBeCloseTo(whole, 3);
});

test("occlusion of an answer in a text beyond one window", async ({ glass, page }) => {
  const filler = "Ships came and went, and nobody on the coast counted them any more. ";
  const context = `${filler.repeat(30)}The lighthouse was built in 1874. ${filler.repeat(3)}`;
  const question = "When was the lighthouse built?";
  await glass.open({ task: "qa", context, question, occlusion: "1" });
  await expect(page.getByTestId("answer")).toContainText("1874");
  await expect(page.getByTestId("occlusion-full")).toContainText("1874");
});
