// What the model would say if its network ended after each layer.

import { expect, test } from "./glass.js";
import { kLayers } from "./sentiment-shape.js";
import { kWriter, kWriterLayers } from "./writer.js";

const kTranslation = {
  task: "translation",
  source: "三只猫",
  translator: "numbers-zh-en",
  beams: "2",
};

test.describe("stopped early", () => {
  test("a verdict is read off after each layer, and the last one is the model's", async ({
    glass,
    page,
  }) => {
    await glass.open({ text: "It was a wonderful film." });
    await glass.expectLabel("POSITIVE");
    const rows = page.getByTestId("stopped").getByRole("listitem");
    await expect(rows).toHaveCount(kLayers + 1);
    await expect(page.getByTestId("stopped").locator("[data-score]")).toHaveCount(kLayers + 1);
    await expect(rows.first()).toContainText("the embeddings alone");
    await expect(rows.last().locator("[data-score]")).toHaveAttribute(
      "data-score",
      String(await glass.score()),
    );
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    const scores = await page
      .getByTestId("stopped")
      .locator("[data-score]")
      .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-score"))));
    expect(new Set(scores).size).toBe(kLayers + 1);
    for (const score of scores) expect(score).toBeGreaterThanOrEqual(0.5);
  });

  test("an answer is read off after each layer", async ({ glass, page }) => {
    const context =
      "The lighthouse was built in 1874. A keeper climbed its 214 steps every evening.";
    await glass.open({ task: "qa", context, question: "When was the lighthouse built?" });
    await expect(page.getByTestId("answer")).toContainText("1874");
    const stopped = page.getByTestId("stopped");
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    await expect(stopped.getByRole("listitem").last()).toContainText("1874");
    await expect(stopped.locator("li.final").last()).toContainText("the whole model");
    const first = Number(await stopped.locator("[data-score]").first().getAttribute("data-score"));
    const last = Number(await stopped.locator("[data-score]").last().getAttribute("data-score"));
    expect(first).toBeLessThan(last);
  });

  test("a translation is written after each layer, when it is asked for", async ({
    glass,
    page,
  }) => {
    await glass.open(kTranslation);
    await expect(page.getByTestId("output")).toHaveText("three cats");
    await page.getByRole("button", { name: "Stop after each layer" }).press("Enter");
    await expect(page).toHaveURL(/stopped=1/);
    const rows = page.getByTestId("stopped").getByRole("listitem");
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    const texts = await rows.locator(".text").allTextContents();
    expect(texts).toHaveLength(await rows.count());
    expect(texts.at(-1)).toBe("three cats");
    expect(texts[0]).not.toBe("three cats");
  });

  test("the link brings it, and another text is measured anew", async ({ glass, page }) => {
    await glass.open({ ...kTranslation, stopped: "1" });
    const last = page.getByTestId("stopped").getByRole("listitem").last();
    await expect(last).toContainText("three cats");
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    await glass.type("五本书");
    await expect(last).toContainText("five books");
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
  });

  test("can be stopped, and begun again", async ({ glass, page }) => {
    // From inside the page, at once: all may be measured before a click from outside arrives.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        const progress = document.querySelector("progress[aria-label='Stops measured']");
        if (!progress) return;
        observer.disconnect();
        progress.parentElement!.querySelector("button")!.click();
      }).observe(document, { childList: true, subtree: true });
    });
    await glass.open({ ...kTranslation, stopped: "1" });
    const again = page.getByRole("button", { name: "Measure again" });
    await expect(again).toBeVisible();
    await expect(page.getByTestId("stopped-summary")).toBeEmpty();
    await again.press("Enter");
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    await expect(again).toBeHidden();
  });

  test("a text is written on after each layer", async ({ glass, page }) => {
    await glass.open({
      task: "generate",
      writer: kWriter,
      prompt: "Once upon a time",
      length: "10",
      stopped: "1",
    });
    await expect(page.getByTestId("stopped-summary")).not.toBeEmpty();
    await expect(page.getByTestId("stopped").getByRole("listitem")).toHaveCount(1 + kWriterLayers);
    const written = (await page.getByTestId("output").locator(".new").textContent())!;
    expect(written.trim()).not.toBe("");
    await expect(page.getByTestId("stopped").locator(".text").last()).toHaveText(written);
  });
});
