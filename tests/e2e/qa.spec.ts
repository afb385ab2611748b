import { expect, test } from "./glass.js";

const kContext =
  "The lighthouse was built in 1874 from granite. For ninety years a keeper climbed its 214 steps every evening.";
const kQa = { task: "qa", context: kContext, question: "When was the lighthouse built?" };

test("the answer is a stretch of the text, and marked in it", async ({ glass, page }) => {
  await glass.open(kQa);
  const answer = page.getByTestId("answer");
  await expect(answer).toContainText("1874");
  const [start, end] = [
    Number(await answer.getAttribute("data-start")),
    Number(await answer.getAttribute("data-end")),
  ];
  await expect(answer).toHaveText(kContext.slice(start, end));
  await expect(page.getByTestId("context")).toHaveText(kContext);
  await expect(page.getByTestId("context").locator("mark.chosen")).toHaveText(
    kContext.slice(start, end),
  );
});

test("the answer may be what is to be done, mistyped as it is", async ({ glass, page }) => {
  const context = "Data science should abandon significance and apply machine lerning.";
  await glass.open({ task: "qa", context, question: "What is the future of data science?" });
  await expect(page.getByTestId("answer")).toHaveText("apply machine lerning");
  await expect(page.getByTestId("answer")).toHaveAttribute("data-start", "45");
});

test("the next best answers are a click away, and in the link", async ({ glass, page }) => {
  await glass.open(kQa);
  const answers = page.getByRole("group", { name: "The best answers" }).getByRole("radio");
  await expect(answers).toHaveCount(3);
  const best = await page.getByTestId("answer").textContent();
  await answers.nth(1).check({ force: true });
  await expect(page.getByTestId("answer")).not.toHaveText(best!);
  await expect(page).toHaveURL(/answer=2/);
  await page.keyboard.press("ArrowUp");
  await expect(page.getByTestId("answer")).toHaveText(best!);
});

test("every token has the probability of a start and of an end", async ({ glass, page }) => {
  await glass.open(kQa);
  const tokens = page.getByRole("region", { name: "Start and end" }).getByRole("listitem");
  await expect(tokens.first()).toContainText("[CLS]");
  for (const side of ["data-start", "data-end"]) {
    const shares = await tokens.evaluateAll(
      (items, name) => items.map((item) => Number(item.getAttribute(name))),
      side,
    );
    // All there is lies on the text's own tokens and on the first one, which means "no answer".
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 3);
  }
  await expect(page.getByTestId("span-summary")).toContainText("Most likely start: “1874”");
});

test("question and text are read together, and each is seen", async ({ glass, page }) => {
  await glass.open({ ...kQa, layer: "1", head: "1" });
  await expect(glass.chips.first()).toHaveText("[CLS]");
  await expect(glass.chips.filter({ hasText: "[SEP]" })).toHaveCount(2);
  await expect(page.getByTestId("which")).toHaveText("Layer 1, head 1");
  await page.getByRole("group", { name: "View" }).getByLabel("Lines").check({ force: true });
  await expect(page.getByTestId("lines")).toBeVisible();
});

test("an example brings its question and its text", async ({ glass, page }) => {
  await glass.open({ task: "qa", lang: "zh" });
  await page.getByRole("button", { name: /How many steps/ }).click();
  await expect(page.getByRole("textbox", { name: "请输入一个英文问题" })).toHaveValue(
    /How many steps/,
  );
  await expect(page.getByTestId("answer")).toContainText("214");
});

test("without a question or a text there is nothing to ask", async ({ glass, page }) => {
  await glass.open({ ...kQa, question: "  " });
  await expect(page.getByRole("status").filter({ hasText: "needs both" })).toBeVisible();
  await expect(page.getByTestId("answer")).toHaveCount(0);
  await page.getByRole("textbox", { name: /question/ }).fill("What was climbed?");
  await expect(page.getByTestId("answer")).toBeVisible();
});

test.describe("the tabs", () => {
  test("load a model only when they are opened", async ({ glass, page }) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await glass.open();
    await expect(glass.verdict).toBeVisible();
    expect(asked.filter((url) => /qa-en/.test(url))).toEqual([]);
    await page.getByRole("tab", { name: "Sentiment" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Question answering" })).toBeFocused();
    await expect(glass.verdict).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page.getByTestId("answer")).toBeVisible();
    await expect(page).toHaveURL(/task=qa/);
    await expect(page.getByRole("tabpanel", { name: "Question answering" })).toBeVisible();
  });

  test("are as they were when one comes back", async ({ glass, page }) => {
    await glass.open();
    await glass.type("He dislikes any party.");
    await glass.expectLabel("NEGATIVE");
    await page.getByRole("tab", { name: "Question answering" }).click();
    await expect(page.getByTestId("answer")).toBeVisible();
    await page.getByRole("tab", { name: "Sentiment" }).click();
    await glass.expectLabel("NEGATIVE");
    await expect(glass.text).toHaveValue("He dislikes any party.");
  });
});

test("a frame has the view, and a way to the whole page", async ({ glass, page }) => {
  await glass.open({ ...kQa, view: "lines", embed: "1" });
  await expect(page.getByTestId("lines")).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("tab")).toHaveCount(0);
  const whole = page.getByRole("link", { name: /Open in Glassformer/ });
  await expect(whole).toHaveAttribute("href", /task=qa.*view=lines.*embed=0/);
});
