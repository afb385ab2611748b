import { describe, expect, it } from "vitest";
import { kMaxLinkText } from "../../../web/app/state/view-fields.js";
import { fromHash, toHash, type ViewState } from "../../../web/app/state/view-state.js";

const kDefaults: ViewState = {
  task: "sentiment",
  text: "default",
  question: "q",
  context: "c",
  answer: 0,
  source: "s",
  translator: "numbers-en-zh",
  beams: 3,
  sentence: 0,
  step: 0,
  prompt: "p",
  writer: "story-en",
  decoding: "greedy",
  temperature: 0.8,
  seed: 1,
  length: 40,
  attention: "self",
  view: "matrix",
  layer: 1,
  head: 2,
  heads: "all",
  pin: null,
  against: null,
  trait: "all",
  mergeWords: false,
  hideSpecial: false,
  occlusion: false,
  stopped: false,
  compares: false,
  other: "",
  swapped: [],
  alignLayer: null,
  alignHead: "mean",
  headsOff: [],
  tokensHidden: [],
  language: "en",
  theme: "auto",
  embed: false,
  section: "attention",
};

describe("the view in a link", () => {
  it.each<Partial<ViewState>>([
    { text: "It is great.", layer: 0, head: 0 },
    {
      text: "a & b = c # 100% + “它” 😀\nnew line",
      layer: 11,
      head: "mean",
      language: "zh",
      theme: "dark",
    },
    { text: "pinned", heads: [0, 11], pin: { side: "key", index: 4 }, view: "lines" },
    { text: "swapped", swapped: [4, 1], embed: true, section: "swap" },
    { text: "compared", compares: true, other: "It & they — 她" },
    { task: "qa", question: "Who?", context: "She & he.", answer: 2 },
    { text: "apart", view: "arithmetic", against: 3 },
    {
      task: "translation",
      source: "三只猫",
      translator: "numbers-zh-en",
      beams: 5,
      sentence: 1,
      step: 7,
      view: "three",
      alignLayer: 0,
      alignHead: 3,
    },
    {
      task: "generate",
      prompt: "Once",
      decoding: "sample",
      temperature: 1.3,
      seed: 99,
      length: 20,
    },
    {
      task: "translation",
      source: "changed",
      stopped: true,
      headsOff: [
        { kind: "self", layer: 1, head: 2 },
        { kind: "decoder", layer: 0, head: 3 },
        { kind: "cross", layer: 9, head: 0 },
      ],
    },
    { text: "unpinned", heads: [], pin: null },
    {
      text: "changed",
      occlusion: true,
      view: "flow",
      headsOff: [
        { kind: "self", layer: 0, head: 11 },
        { kind: "self", layer: 3, head: 0 },
      ],
      tokensHidden: [0, 511],
    },
    { text: "", layer: 3, head: "max", theme: "light", mergeWords: true, hideSpecial: true },
  ])("comes back as it was: $task $text", (choices) => {
    const view = { ...kDefaults, ...choices };
    expect(fromHash(toHash(view), kDefaults)).toEqual(view);
  });

  it("says nothing of the other tasks", () => {
    const hash = toHash({ ...kDefaults, task: "qa" });
    expect(hash).toContain("question=q");
    expect(hash).not.toMatch(/[#&](text|prompt|source|beams)=/);
  });

  it("never makes the page load a model from elsewhere", () => {
    const hash =
      "#task=translation&translator=owner/name&beams=6&temperature=9&length=1e3&seed=0.5";
    expect(fromHash(hash, kDefaults)).toEqual({ ...kDefaults, task: "translation" });
  });

  it("counts layers and heads from 1, as the page does", () => {
    expect(toHash({ ...kDefaults, layer: 0, head: 0 })).toContain("layer=1&head=1");
  });

  it("of the page's first version still opens", () => {
    const old = "#text=good&layer=3&head=mean&lang=zh&theme=dark";
    expect(fromHash(old, kDefaults)).toEqual({
      ...kDefaults,
      text: "good",
      layer: 2,
      head: "mean",
      language: "zh",
      theme: "dark",
    });
  });

  it("keeps the start of a text that is too long for a link", () => {
    const view = { ...kDefaults, text: "x".repeat(kMaxLinkText + 5) };
    expect(fromHash(toHash(view), kDefaults).text).toHaveLength(kMaxLinkText);
  });

  it("replaces lone surrogates, also one that the cut makes", () => {
    const text = `${"x".repeat(kMaxLinkText - 1)}😀`;
    expect(fromHash(toHash({ ...kDefaults, text }), kDefaults).text.endsWith("x\uFFFD")).toBe(true);
  });

  it.each([
    "",
    "#",
    "#layer=0&head=x&lang=fr&theme=pink&task=chess&view=3d&words=yes&heads=1-x&pin=row-1&key=0&section=x&align=0&alignhead=-",
    "#off=1.2.3&hidden=0",
    "#off=1-2&hidden=x&swap=0-1",
    "#layer=-1&head=1e9",
    "#layer=2.5",
  ])("ignores what makes no sense: %s", (hash) =>
    expect(fromHash(hash, kDefaults)).toEqual(kDefaults),
  );
});
