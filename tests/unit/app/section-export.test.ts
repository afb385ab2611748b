import { describe, expect, it } from "vitest";
import { attentionView } from "../../../web/app/state/attention-view.js";
import type { Alignment } from "../../../web/app/tasks/generation/alignment.js";
import { alignmentJson, alignmentSvg } from "../../../web/app/tasks/generation/alignment-svg.js";
import { treeOf, type Step } from "../../../web/app/tasks/generation/steps.js";
import { stepsJson, treeSvg } from "../../../web/app/tasks/generation/tree-svg.js";
import { comparisonJson } from "../../../web/app/tasks/sentiment/comparison.js";
import { messagesOf } from "../../../web/app/i18n/messages.js";
import { swapWords } from "../../../web/app/state/swap.js";
import { besideSvg } from "../../../web/app/views/beside/beside-svg.js";
import { changesJson, changesSvg } from "../../../web/app/views/changes/changes-svg.js";
import type { Outcome } from "../../../web/app/views/export/outcome.js";
import { plain, wrap } from "../../../web/app/views/export/wrap.js";
import { colorScale } from "../../../web/app/views/matrix/colors.js";
import { labelWidth } from "../../../web/app/views/matrix/geometry.js";
import { occlusionJson, occlusionSvg } from "../../../web/app/views/occlusion/occlusion-svg.js";
import { stoppedJson, stoppedSvg } from "../../../web/app/views/stopped/stopped-svg.js";
import { swapJson, swapSvg } from "../../../web/app/views/swap/swap-svg.js";
import { crossAttention } from "./fake-trace.js";

const kLook = {
  title: "a < b",
  palette: {
    paper: "rgb(255, 255, 255)",
    surface: "rgb(250, 250, 250)",
    sunken: "rgb(240, 240, 240)",
    ink: "rgb(0, 0, 0)",
    "ink-soft": "rgb(90, 90, 90)",
    "line-strong": "rgb(120, 120, 120)",
    accent: "rgb(1, 2, 3)",
    "accent-soft": "rgb(201, 202, 203)",
    positive: "rgb(0, 100, 0)",
    negative: "rgb(100, 0, 0)",
  },
};
const valuesOf = (svg: string, name: string) =>
  Array.from(svg.matchAll(new RegExp(`data-${name}="([^"]+)"`, "g")), ([, value]) => Number(value));
const textsOf = (svg: string) =>
  Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text);
/** Of the whole picture, and of what is in it. */
function expectInside(svg: string): void {
  const [, width, height] = /<svg[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
  const boxes = svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g);
  for (const [, x, y, w, h] of boxes) {
    expect(Number(x) + Number(w)).toBeLessThanOrEqual(Number(width));
    expect(Number(y) + Number(h)).toBeLessThanOrEqual(Number(height));
  }
}

const kOccluded = {
  full: 0.9,
  words: [
    { text: "Who?", tokens: [1], part: 0 },
    { text: "<She>", tokens: [3, 4], part: 1 },
    { text: "reads", tokens: [5], part: 1 },
  ],
  changes: [-0.4, 0.1],
};

describe("the measured words", () => {
  it("are a picture of those that are measured", () => {
    const svg = occlusionSvg(kOccluded, kLook, (change) => change.toFixed(1));
    expect(valuesOf(svg, "change")).toEqual([-0.4, 0.1]);
    expect(textsOf(svg)).toEqual(["a &lt; b", "Who?", "-0.4", "&lt;She&gt;", "0.1"]);
    const colors = Array.from(svg.matchAll(/fill="([^"]+)" fill-opacity="([^"]+)"/g));
    expect(colors.map(([, color, opacity]) => [color, opacity])).toEqual([
      [kLook.palette.positive, "0.600"],
      [kLook.palette.negative, "0.150"],
    ]);
    expectInside(svg);
  });

  it("go on in the next line where there are many", () => {
    const words = Array.from({ length: 99 }, () => ({ text: "wonderful", tokens: [1], part: 0 }));
    const changes = words.map(() => 0);
    const svg = occlusionSvg({ full: 1, words, changes }, kLook, () => "0.0");
    const [, width] = /<svg[^>]* width="([\d.]+)"/.exec(svg)!;
    expect(Number(width)).toBeLessThan(800);
    expectInside(svg);
  });

  it("are numbers with their text's name", () => {
    expect(JSON.parse(occlusionJson(kOccluded, "Ann", ["Question", "Text"]))).toEqual({
      said: "Ann",
      probability: 0.9,
      words: [
        { text: "Who?", in: "Question", tokens: [1], change: -0.4 },
        { text: "<She>", in: "Text", tokens: [3, 4], change: 0.1 },
      ],
    });
  });
});

const kAlignment: Alignment = {
  source: ["three", "cats"],
  target: ["三", "猫"],
  links: [
    { source: 0, target: 0, share: 0.75, isBest: true },
    { source: 1, target: 0, share: 0.25, isBest: false },
    { source: 1, target: 1, share: 1, isBest: true },
  ],
};

describe("the word alignment", () => {
  it("is a picture with a line for each link", () => {
    const svg = alignmentSvg(kAlignment, kLook);
    expect(valuesOf(svg, "share")).toEqual([0.75, 0.25, 1]);
    expect(textsOf(svg)).toEqual(["a &lt; b", "three", "cats", "三", "猫"]);
    expect(svg.match(/stroke-dasharray/g)).toHaveLength(1);
    expectInside(svg);
  });

  it("is numbers that say what they were read off", () => {
    const json = JSON.parse(alignmentJson(kAlignment, { layer: 1, head: 2 })) as object;
    expect(json).toEqual({ layer: 2, head: 3, ...kAlignment });
    expect(alignmentJson(kAlignment, { layer: 0, head: "mean" })).toContain('"head":"mean"');
  });
});

const choice = (parent: number, token: string, score: number, finished = false) => ({
  parent,
  token,
  text: token,
  score,
  finished,
});
const kSteps: Step[] = [
  {
    hypotheses: [choice(0, "▁one", -0.5), choice(0, "▁a<", -1)],
    candidates: [[{ token: "▁one", probability: 0.6 }]],
  },
  {
    hypotheses: [choice(1, "</s>", -0.25, true), choice(0, "incomprehensible", -2)],
    candidates: [[{ token: "x", probability: 0.1 }], [{ token: "</s>", probability: 0.9 }]],
  },
];

describe("the search tree", () => {
  it("is a picture of every text, the best one marked", () => {
    const svg = treeSvg(treeOf(kSteps), kLook);
    expect(valuesOf(svg, "score")).toEqual([-0.5, -1, -0.25, -2]);
    expect(textsOf(svg)).toEqual([
      "a &lt; b",
      "1",
      "2",
      "▁one",
      "▁a&lt;",
      "&lt;/s&gt;",
      "incompr…",
    ]);
    const marked = svg.match(/<rect[^>]*fill="rgb\(201, 202, 203\)"/g);
    expect(marked).toHaveLength(2);
    expect(svg.match(/<path/g)).toHaveLength(2);
    expectInside(svg);
  });

  it("is numbers as the engine gave them, with the path", () => {
    const { steps } = JSON.parse(stepsJson(kSteps, treeOf(kSteps))) as {
      steps: { hypotheses: { isOnPath: boolean }[]; candidates: unknown }[];
    };
    expect(steps.map(({ hypotheses }) => hypotheses.map(({ isOnPath }) => isOnPath))).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(steps.map(({ candidates }) => candidates)).toEqual(
      kSteps.map(({ candidates }) => candidates),
    );
  });
});

describe("matrices side by side", () => {
  const view = attentionView(crossAttention(), 0, 1);
  const style = {
    title: "both",
    color: colorScale(false),
    headColors: [],
    paper: "#fff",
    ink: "#000",
  };

  it("are one picture, none over the other", () => {
    const svg = besideSvg(
      ["first", "second"].map((title) => ({ title, view })),
      style,
    );
    expect(valuesOf(svg, "weight")).toHaveLength(12);
    expect(textsOf(svg).filter((text) => /first|second/.test(text!))).toEqual(["first", "second"]);
    const [first, second] = Array.from(
      svg.matchAll(/<g transform="translate\((\d+) 0\)"/g),
      ([, x]) => Number(x),
    );
    const [, width] = /<svg[^>]* width="([\d.]+)"/.exec(svg)!;
    expect(first).toBe(0);
    expect(2 * second!).toBeCloseTo(Number(width), -1);
  });

  it("are numbers beside their verdicts", () => {
    const labels = [{ label: "POSITIVE", score: 1 }];
    const json = comparisonJson([{ text: "a", labels }], [view]);
    expect(JSON.parse(json)).toEqual({
      texts: [
        {
          text: "a",
          labels,
          tokens: ["three", "cats", "A"],
          layer: 1,
          head: 2,
          attention: [
            [6, 7, 8],
            [9, 10, 11],
          ],
        },
      ],
    });
  });
});

const kStops = [
  { text: "Negative", lang: undefined, score: 0.75, shares: [{ name: "NEGATIVE", share: 0.75 }] },
  { text: "a < b", lang: undefined, score: 0.625, shares: [{ name: "POSITIVE", share: 0.625 }] },
].map((row, layers) => ({ layers, row }));
const kStopWords = {
  count: (layers: number) => `${layers} layers`,
  remark: (layers: number) => (layers === 0 ? "nothing" : ""),
  probability: (value: number) => `${100 * value}%`,
};

describe("the answers after each layer", () => {
  it("are a picture with a row and a bar for each", () => {
    const svg = stoppedSvg(kStops, "a < b", kLook, kStopWords);
    expect(valuesOf(svg, "layers")).toEqual([0, 1]);
    expect(valuesOf(svg, "score")).toEqual([0.75, 0.625]);
    expect(valuesOf(svg, "share")).toEqual([0.75, 0.625]);
    expect(textsOf(svg)).toEqual([
      "a &lt; b",
      "0 layers",
      "nothing",
      "Negative",
      "75%",
      "1 layers",
      "a &lt; b",
      "62.5%",
    ]);
    const bars = svg.matchAll(/width="([\d.]+)"[^>]* fill="([^"]+)" data-label/g);
    const [first, second] = Array.from(bars, ([, width, fill]) => [Number(width), fill]);
    expect(Number(first![0]) / Number(second![0])).toBeCloseTo(0.75 / 0.625);
    expect([first![1], second![1]]).toEqual([kLook.palette.negative, kLook.palette.positive]);
    expect(svg.match(/font-weight="bold"/g)).toHaveLength(2); // the title, and what is final
    expectInside(svg);
  });

  it("have no bar where a text is written, and as many lines as it takes", () => {
    const text = "three cats ".repeat(40).trim();
    const row = { text, lang: undefined, score: null, shares: [] };
    const svg = stoppedSvg([{ layers: 0, row }], text, kLook, kStopWords);
    expect(valuesOf(svg, "score")).toEqual([]);
    const lines = textsOf(svg).slice(3);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.map((line) => line!.trim()).join(" ")).toBe(text);
    const [, width] = /<svg[^>]* width="([\d.]+)"/.exec(svg)!;
    expect(Number(width)).toBeLessThan(800);
  });

  it("are numbers", () => {
    expect(JSON.parse(stoppedJson(kStops.slice(0, 1), 4))).toEqual({
      layers: 4,
      answers: [
        {
          layers: 0,
          text: "Negative",
          probability: 0.75,
          shares: [{ name: "NEGATIVE", probability: 0.75 }],
        },
      ],
    });
  });
});

const outcome = (said: string, value: number): Outcome => ({
  said,
  scores: [{ name: "POSITIVE", value, label: "Good", written: String(value), paint: "positive" }],
});
const kOutcomes = { before: outcome("Good", 0.75), after: outcome("<Bad>", 0.25) };
const numbers = (said: string, value: number) => ({
  said,
  scores: [{ name: "POSITIVE", value }],
});

describe("a changed pass", () => {
  const changed = {
    changes: { heads: [{ kind: "self" as const, layer: 0, head: 2 }], tokens: [1] },
    hideable: crossAttention().keys,
    outcomes: kOutcomes,
  };

  it("is a picture of what is changed, and of both answers", () => {
    const svg = changesSvg(changed, true, kLook, messagesOf("en"));
    expect(valuesOf(svg, "value")).toEqual([0.75, 0.25]);
    const note = "Heads off: Layer 1, head 3. Tokens hidden: cats.";
    const sides = ["As it is", "Good", "Good", "0.75", "Changed", "&lt;Bad&gt;", "Good", "0.25"];
    expect(textsOf(svg)).toEqual(["a &lt; b", note, ...sides]);
    expectInside(svg);
    const chinese = changesSvg(changed, false, kLook, messagesOf("zh"));
    expect(chinese).toContain(">改动之后<");
  });

  it("is numbers that count as links do", () => {
    expect(JSON.parse(changesJson(changed))).toEqual({
      headsOff: [{ attention: "self", layer: 1, head: 3 }],
      tokensHidden: [{ token: 2, text: "cats" }],
      before: numbers("Good", 0.75),
      after: numbers("<Bad>", 0.25),
    });
  });
});

describe("two swapped words", () => {
  const swapped = { parts: swapWords("Ann saw Bob & me", [0, 2])!, outcomes: kOutcomes };

  it("are a picture of both texts, the words marked, and of both answers", () => {
    const svg = swapSvg(swapped, kLook, messagesOf("en"));
    expect(valuesOf(svg, "value")).toEqual([0.75, 0.25]);
    const marked = svg.matchAll(/<tspan font-weight="bold"[^>]*>([^<]*)</g);
    expect(Array.from(marked, ([, text]) => text)).toEqual(["Ann", "Bob", "Bob", "Ann"]);
    expectInside(svg);
  });

  it("are numbers with both texts", () => {
    expect(JSON.parse(swapJson(swapped))).toEqual({
      swapped: ["Ann", "Bob"],
      before: { text: "Ann saw Bob & me", ...numbers("Good", 0.75) },
      after: { text: "Bob saw Ann & me", ...numbers("<Bad>", 0.25) },
    });
  });

  it("fill lines, of wide letters too", () => {
    const room = 100;
    const lines = wrap(plain("三只猫，看见了。\nabcdefghijklmnopqrstuvwxyz"), room, 13);
    const texts = lines.map((line) => line.map(({ text }) => text).join(""));
    expect(texts.join("")).toBe("三只猫，看见了。abcdefghijklmnopqrstuvwxyz");
    expect(texts.length).toBeGreaterThan(3);
    for (const text of texts) {
      expect(labelWidth(text, 13)).toBeLessThanOrEqual(room);
      expect(text).not.toMatch(/^[，。]/);
    }
  });
});
