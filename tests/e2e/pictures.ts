// The pictures of web/docs: what each shows. web/docs/views.md says it in words.

import type { Locator, Page } from "@playwright/test";
import { kWriter, kWriterPrompt } from "./writer.js";

export interface Picture {
  /** Of the file, in web/docs/views. */
  name: string;
  /** What the page's address says. */
  view: Record<string, string>;
  width: number;
  /** Of the window; only a picture of the whole window needs another one. */
  height?: number;
  /** The parts of the page that it shows, from the first to the last; none: the whole window. */
  parts: readonly string[];
  /** Its part of the page, brought to the state that the picture shows. */
  prepare?: (page: Page) => Promise<void>;
}

const kDesktop = 1120;
const kPhone = 390;
const kSmallPhone = 340;
const kReview = "It was a wonderful film.";
const kQuestion = "When was it built?";
const kContext = "The lighthouse was built in 1874 from granite. A keeper climbed its 214 steps.";
const kTranslation = { task: "translation", translator: "numbers-en-zh" };

/** The keyboard leads to the same cell in every run. */
async function pointAtCell(page: Page, query: number, key: number): Promise<void> {
  const matrix = page.getByTestId("matrix");
  await matrix.press("ArrowDown"); // from nowhere to the first cell
  for (let row = 0; row < query; row += 1) await matrix.press("ArrowDown");
  for (let column = 0; column < key; column += 1) await matrix.press("ArrowRight");
}

const pointed = (page: Page) => pointAtCell(page, 6, 5);

async function seeAll(page: Page): Promise<void> {
  await page.getByTestId("matrix").press("0");
}

const kLongText = "The film was long and rather wonderful. ".repeat(80);
const kBegin = { lang: "en", theme: "light" };
const kLight = (view: Record<string, string>) => ({ ...kBegin, ...view });

/** The first is the one that README shows. */
export const kPictures: readonly Picture[] = [
  {
    name: "page",
    view: kLight({ view: "matrix" }),
    width: kDesktop,
    height: 2100,
    parts: [],
    prepare: pointed,
  },
  {
    name: "matrix-dark",
    view: kLight({ theme: "dark", text: kReview, head: "mean" }),
    width: kDesktop,
    parts: ["verdict", "matrix"],
    prepare: (page) => pointAtCell(page, 3, 4),
  },
  {
    name: "lines",
    view: kLight({ view: "lines", pin: "query-9" }),
    width: kDesktop,
    parts: ["lines"],
  },
  { name: "heads", view: kLight({ view: "heads" }), width: kDesktop, parts: ["all-heads"] },
  {
    name: "flow",
    view: kLight({ view: "flow", pin: "query-9" }),
    width: kDesktop,
    parts: ["flow"],
  },
  {
    name: "arithmetic",
    view: kLight({ view: "arithmetic", pin: "query-9", layer: "2", head: "3" }),
    width: kDesktop,
    parts: ["weight"],
  },
  {
    name: "changes",
    view: kLight({ text: kReview, off: "1.3-2.4", hidden: "5", occlusion: "1" }),
    width: kDesktop,
    parts: ["changes", "occlusion"],
  },
  {
    name: "long-text",
    view: kLight({ text: kLongText, layer: "1", head: "3" }),
    width: kDesktop,
    parts: ["matrix"],
    prepare: seeAll,
  },
  { name: "qa", view: kLight({ task: "qa" }), width: kDesktop, parts: ["answer", "span-summary"] },
  {
    name: "qa-lines-dark",
    view: kLight({
      task: "qa",
      theme: "dark",
      view: "lines",
      layer: "3",
      pin: "query-2",
      question: kQuestion,
      context: kContext,
    }),
    width: kDesktop,
    parts: ["lines"],
  },
  {
    name: "translation",
    view: kLight({ ...kTranslation, step: "3" }),
    width: kDesktop,
    parts: ["output", "beam-tree"],
  },
  {
    name: "alignment",
    view: kLight({ ...kTranslation, source: "Friday, March 5, 2021" }),
    width: kDesktop,
    parts: ["alignment"],
  },
  {
    name: "cross-attention",
    view: kLight({ ...kTranslation, attention: "cross", head: "mean" }),
    width: kDesktop,
    parts: ["matrix"],
  },
  {
    name: "masked-attention-dark",
    view: kLight({
      task: "generate",
      theme: "dark",
      writer: kWriter,
      prompt: kWriterPrompt,
      length: "10",
      attention: "decoder",
    }),
    width: kDesktop,
    parts: ["output", "matrix"],
  },
  {
    name: "chinese",
    view: kLight({
      lang: "zh",
      text: "快递很快，质量也很好，非常满意！",
      view: "lines",
      head: "1",
    }),
    width: kDesktop,
    height: 1200,
    parts: [],
  },
  {
    name: "phone",
    view: kLight({ text: kReview }),
    width: kPhone,
    height: 1500,
    parts: ["matrix"],
  },
  {
    name: "phone-chinese-dark",
    view: kLight({ lang: "zh", theme: "dark", ...kTranslation, view: "heads" }),
    width: kSmallPhone,
    height: 1300,
    parts: [],
  },
];

/** The outermost section that has the element with this test id. */
export function sectionOf(page: Page, testId: string): Locator {
  return page
    .locator("section")
    .filter({ has: page.getByTestId(testId) })
    .first();
}
