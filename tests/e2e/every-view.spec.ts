// Every view with every task, by mouse and by keyboard, and each with the numbers of the command
// line's forward pass: the native engine, int8 as in the browser.

import type { Locator, Page } from "@playwright/test";
import { rolloutOf } from "../../web/app/views/flow/rollout.js";
import { kTaskInputs, type Expected, type TaskInput } from "./engine-trace.js";
import { expect, test, type Glass } from "./glass.js";

// Activations are rounded to int8, and what two builds round differently is a step of that.
const kTolerance = 2e-3;
const kAtOnce = 1000; // ms
const kPatience = 15_000;
const kHalfCent = 0.005; // weights in sentences have two decimals
const kKinds = { self: "Encoder", decoder: "Decoder", cross: "Decoder to encoder" };
const kViews = [
  "Matrix",
  "Lines",
  "All heads",
  "Input to output",
  "Q and K",
  "Three attentions",
] as const;
type ViewName = (typeof kViews)[number];

/** How a person works: the same steps, by one means or the other. */
interface Hand {
  choose: (page: Page, group: string, label: string) => Promise<void>;
  press: (button: Locator) => Promise<void>;
  /** A cell of the matrix, in view. */
  point: (matrix: Locator, query: number, key: number) => Promise<void>;
  /** A token of one side of the lines. */
  pointAtToken: (list: Locator, index: number) => Promise<void>;
  chooseKey: (keys: Locator, from: number, to: number) => Promise<void>;
  chooseToken: (select: Locator, index: number) => Promise<void>;
}

const mouse: Hand = {
  choose: async (page, group, label) =>
    page
      .getByRole("group", { name: group, exact: true })
      .getByLabel(label, { exact: true })
      .click(),
  press: (button) => button.click(),
  point: async (matrix, query, key) => {
    const canvas = matrix.locator("canvas");
    await canvas.scrollIntoViewIfNeeded();
    const { cell } = await geometryOf(matrix);
    // A cell out of its window would be another element's place.
    const position = { x: (key + 0.5) * cell, y: (query + 0.5) * cell };
    await canvas.hover({ position, force: true });
  },
  pointAtToken: (list, index) => list.getByRole("option").nth(index).click(),
  chooseKey: (keys, _, to) => keys.locator("label").nth(to).click(),
  chooseToken: async (select, index) => void (await select.selectOption({ index })),
};

const keyboard: Hand = {
  choose: async (page, group, label) => {
    const choices = page.getByRole("group", { name: group, exact: true }).getByRole("radio");
    const wished = page
      .getByRole("group", { name: group, exact: true })
      .getByLabel(label, { exact: true });
    await choices.and(page.locator(":checked")).focus();
    // Round and round: any choice is reached before as many steps as there are.
    for (let steps = await choices.count(); steps > 0; steps -= 1) {
      if (await wished.isChecked()) return;
      await page.keyboard.press("ArrowRight");
    }
  },
  press: (button) => button.press("Enter"),
  point: async (matrix, query, key) => {
    await matrix.press("Escape");
    await matrix.press("ArrowDown"); // from nowhere to the first cell
    for (let row = 0; row < query; row += 1) await matrix.press("ArrowDown");
    for (let column = 0; column < key; column += 1) await matrix.press("ArrowRight");
  },
  pointAtToken: async (list, index) => {
    await list.press("Escape");
    for (let steps = 0; steps <= index; steps += 1) await list.press("ArrowDown");
  },
  chooseKey: async (keys, from, to) => {
    await keys.getByRole("radio").nth(from).focus();
    const step = to > from ? "ArrowDown" : "ArrowUp";
    for (let steps = Math.abs(to - from); steps > 0; steps -= 1)
      await keys.page().keyboard.press(step);
  },
  chooseToken: async (select, index) => {
    await select.press("Home");
    for (let steps = 0; steps < index; steps += 1) await select.press("ArrowDown");
  },
};

/** Of a matrix that is seen whole: the edge of a cell, in CSS pixels. */
async function geometryOf(matrix: Locator): Promise<{ cell: number }> {
  const rows = matrix.locator("svg text[text-anchor=end]");
  const [first, second] = [await rows.nth(0).boundingBox(), await rows.nth(1).boundingBox()];
  return { cell: second!.y - first!.y };
}

/** What the readout says. Whatever is still on its way to its place, or leaves it, is pointed at once more. */
async function pointUntil(
  point: () => Promise<void>,
  readout: Locator,
  words: string | RegExp,
): Promise<string> {
  let sentence = "";
  await expect(async () => {
    await point();
    await expect(readout).toContainText(words, { timeout: kAtOnce });
    sentence = (await readout.textContent())!.replace(/\s+/g, " ");
    expect(sentence).toMatch(words);
  }).toPass({ timeout: kPatience });
  return sentence;
}

/** The last number of the sentence. */
function weightIn(sentence: string): number {
  return Number(/ ([\d.e-]+) The row/.exec(sentence)![1]);
}

async function openTask(glass: Glass, input: TaskInput, more: Record<string, string>) {
  await glass.open({ lang: "en", theme: "light", ...input.view, ...more });
  if (input.task === "translation" || input.task === "generate")
    await expect(glass.page.getByTestId("output")).toHaveAttribute("data-running", "false");
  await expect(glass.matrix).toBeVisible();
}

/** Every head of every layer, as the table has it, in words of three decimals and as it is. */
async function expectSameTable(glass: Glass, expected: Expected): Promise<void> {
  const heads = glass.page.getByRole("gridcell").getByRole("button", { name: /, head \d+$/ });
  const shown = await glass.weightsOfEach(heads);
  expect(shown).toHaveLength(expected.layers * expected.heads);
  let largest = 0;
  shown.forEach(({ which, rows, texts }, i) => {
    const [layer, head] = [Math.floor(i / expected.heads), i % expected.heads];
    expect(which).toBe(`Layer ${layer + 1}, head ${head + 1}`);
    expect(rows.map((row) => row.length)).toEqual(Array(expected.rows).fill(expected.columns));
    expect(texts).toEqual(rows.map((row) => row.map((weight) => weight.toFixed(3))));
    rows.forEach((row, query) =>
      row.forEach((weight, key) => {
        const difference = Math.abs(weight - expected.weight(layer, head, query, key));
        largest = Math.max(largest, difference);
      }),
    );
  });
  expect(largest).toBeLessThan(kTolerance);
}

interface Scene {
  glass: Glass;
  page: Page;
  hand: Hand;
  expected: Expected;
}

async function driveMatrix({ glass, page, hand, expected }: Scene): Promise<void> {
  await hand.choose(page, "Layer", "2");
  await hand.choose(page, "Head", "2");
  await expect(page.getByTestId("which")).toHaveText("Layer 2, head 2");
  const [query, key] = [expected.rows - 1, 1];
  const sum = "The row sums to 1.000.";
  const point = () => hand.point(glass.matrix, query, key);
  const weight = weightIn(await pointUntil(point, glass.readout, sum));
  expect(Math.abs(weight - expected.weight(1, 1, query, key))).toBeLessThan(kHalfCent + kTolerance);
  if (expected.kind !== "decoder") return;
  await pointUntil(() => hand.point(glass.matrix, 0, 1), glass.readout, "it comes later");
}

async function driveLines({ page, hand, expected }: Scene): Promise<void> {
  await expect(page.getByTestId("lines")).toBeVisible();
  await hand.choose(page, "Layer", "1");
  const query = expected.rows - 1;
  await hand.pointAtToken(page.getByRole("listbox", { name: /queries/ }).last(), query);
  const readout = page.getByTestId("lines-readout");
  await expect(readout).toContainText("looks at “");
  const said = /looks at “.*?” ([\d.e-]+) \(head (\d+)\)/.exec((await readout.textContent())!)!;
  const [weight, head] = [Number(said[1]), Number(said[2]) - 1];
  const row = Array.from({ length: expected.columns }, (_, key) =>
    expected.weight(0, head, query, key),
  );
  expect(Math.abs(weight - Math.max(...row))).toBeLessThan(kHalfCent + kTolerance);
}

async function driveHeads({ glass, page, hand, expected }: Scene): Promise<void> {
  const heads = page.getByTestId("all-heads").getByRole("listitem");
  await expect(heads).toHaveCount(expected.layers * expected.heads);
  const last = `Layer ${expected.layers}, head ${expected.heads}`;
  await hand.press(heads.last().getByRole("button", { name: new RegExp(`^${last}:`) }));
  await expect(page.getByTestId("which")).toHaveText(last);
  await expect(glass.matrix).toBeVisible();
}

async function driveFlow({ page, hand, expected }: Scene): Promise<void> {
  const token = 1;
  const rollout = page.getByTestId("rollout");
  await expect(rollout).toBeVisible();
  await hand.chooseToken(page.getByLabel("The vector of"), token);
  await expect(page).toHaveURL(/pin=query-2/);
  const readout = page.getByTestId("rollout-readout");
  const last = expected.layers - 1;
  const after = `After Layer ${last + 1}`;
  const sentence = await pointUntil(() => hand.point(rollout, last, 0), readout, after);
  const percent = Number(/comes to (\d+)%/.exec(sentence)![1]);
  const n = expected.rows;
  const mixes = Array.from({ length: expected.layers }, (_, layer) => mixOf(expected, layer));
  const share = rolloutOf(mixes, n, token)[last * n]!;
  expect(Math.abs(percent / 100 - share)).toBeLessThan(kHalfCent + kTolerance);
  const residual = page.getByTestId("residual");
  const change = page.getByTestId("residual-readout");
  await pointUntil(() => hand.point(residual, 0, 1), change, "Layer 1 changes “");
  await expect(page.getByTestId("embedding")).toBeVisible();
}

/** Half what the heads of a layer look at on average, half what was there. */
function mixOf({ heads, rows, weight }: Expected, layer: number): Float32Array {
  return Float32Array.from({ length: rows * rows }, (_, i) => {
    const [query, key] = [Math.floor(i / rows), i % rows];
    const each = Array.from({ length: heads }, (_, head) => weight(layer, head, query, key));
    const mean = each.reduce((sum, one) => sum + one, 0) / heads;
    return mean / 2 + (query === key ? 1 / 2 : 0);
  });
}

async function driveArithmetic({ page, hand, expected }: Scene): Promise<void> {
  const [layer, head, query, key] = [0, 2, 2, 0];
  await expect(page.getByTestId("arithmetic-title")).toBeVisible();
  await hand.choose(page, "Layer", String(layer + 1));
  await hand.choose(page, "Head", String(head + 1));
  await hand.chooseToken(page.getByTestId("arithmetic").getByRole("combobox"), query);
  await expect(page.getByTestId("arithmetic-title")).toContainText(/^\s*Layer 1, head 3: /);
  const keys = page.getByRole("group", { name: /Each key/ });
  const chosen = keys.getByRole("radio").and(page.locator(":checked"));
  await hand.chooseKey(keys, Number(await chosen.getAttribute("value")), key);
  await expect(page.getByTestId("arithmetic-title")).toContainText("→ “[CLS]”");
  const weight = page.getByTestId("weight");
  const difference = async () =>
    Number(await weight.getAttribute("data-value")) - expected.weight(layer, head, query, key);
  await expect.poll(async () => Math.abs(await difference())).toBeLessThan(kTolerance);
}

async function driveThree({ page, hand, expected }: Scene): Promise<void> {
  await expect(page.getByTestId("three")).toBeVisible();
  await hand.choose(page, "Layer", "1");
  await hand.choose(page, "Head", "2");
  const matrix = page.getByTestId(`three-${expected.kind}`);
  const readout = matrix.locator("xpath=../..").getByTestId("readout");
  const [query, key] = [expected.rows - 1, 1];
  const point = () => hand.point(matrix, query, key);
  const weight = weightIn(await pointUntil(point, readout, "The row sums to 1.000."));
  const difference = weight - expected.weight(0, 1, query, key);
  expect(Math.abs(difference)).toBeLessThan(kHalfCent + kTolerance);
}

const kDrives: Record<ViewName, (scene: Scene) => Promise<void>> = {
  Matrix: driveMatrix,
  Lines: driveLines,
  "All heads": driveHeads,
  "Input to output": driveFlow,
  "Q and K": driveArithmetic,
  "Three attentions": driveThree,
};

/**
 * The views that a task has of an attention: a head is only taken apart where one pass reads all,
 * and only a translation has three attentions.
 */
function viewsOf({ task }: TaskInput, { kind }: Expected): ViewName[] {
  const isOnePass = task === "sentiment" || task === "qa";
  const isThere: Partial<Record<ViewName, boolean>> = {
    "Q and K": isOnePass,
    "Input to output": kind !== "cross",
    "Three attentions": task === "translation",
  };
  return kViews.filter((view) => isThere[view] ?? true);
}

for (const input of kTaskInputs) {
  test.describe(input.task, () => {
    let expected: Expected[];
    test.beforeAll(() => {
      expected = input.expect(test.info().outputPath("forward.safetensors"));
    });

    for (const [means, hand] of Object.entries({ mouse, keyboard })) {
      test(`every view, by ${means}`, async ({ glass, page }) => {
        test.slow();
        await openTask(glass, input, { view: "matrix", layer: "1", head: "1" });
        for (const one of expected) {
          if (expected.length > 1) await hand.choose(page, "Which attention", kKinds[one.kind]);
          const views = page.getByRole("group", { name: "View", exact: true });
          const names = viewsOf(input, one);
          await expect(views.getByRole("radio")).toHaveCount(names.length);
          for (const name of names) {
            await hand.choose(page, "View", name);
            await kDrives[name]({ glass, page, hand, expected: one });
          }
          await hand.choose(page, "View", "Matrix");
        }
      });
    }

    test("every cell is the command line's", async ({ glass, page }) => {
      await openTask(glass, input, { view: "matrix", layer: "1", head: "1" });
      await page.getByRole("button", { name: "Show as a table" }).click();
      for (const one of expected) {
        if (expected.length > 1) await keyboard.choose(page, "Which attention", kKinds[one.kind]);
        await expect(page.locator("tbody tr")).toHaveCount(one.rows);
        await expectSameTable(glass, one);
      }
    });
  });
}
