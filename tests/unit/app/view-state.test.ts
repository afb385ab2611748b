import { describe, expect, it } from "vitest";
import {
  fromHash,
  kMaxLinkText,
  toHash,
  type ViewState,
} from "../../../web/app/state/view-state.js";

const kDefaults: ViewState = { text: "default", layer: 1, head: 2, language: "en", theme: "auto" };

describe("the view in a link", () => {
  it.each<ViewState>([
    { text: "It is great.", layer: 0, head: 0, language: "en", theme: "auto" },
    {
      text: "a & b = c # 100% + “它” 😀\nnew line",
      layer: 11,
      head: "mean",
      language: "zh",
      theme: "dark",
    },
    { text: "", layer: 3, head: 7, language: "en", theme: "light" },
  ])("comes back as it was: $text", (view) => {
    expect(fromHash(toHash(view), kDefaults)).toEqual(view);
  });

  it("counts layers and heads from 1, as the page does", () => {
    expect(toHash({ ...kDefaults, layer: 0, head: 0 })).toContain("layer=1&head=1");
  });

  it("keeps the start of a text that is too long for a link", () => {
    const view = { ...kDefaults, text: "x".repeat(kMaxLinkText + 5) };
    expect(fromHash(toHash(view), kDefaults).text).toHaveLength(kMaxLinkText);
  });

  it("replaces lone surrogates, also one that the cut makes", () => {
    const text = `${"x".repeat(kMaxLinkText - 1)}😀`;
    expect(fromHash(toHash({ ...kDefaults, text }), kDefaults).text.endsWith("x\uFFFD")).toBe(true);
  });

  it.each(["", "#", "#layer=0&head=x&lang=fr&theme=pink", "#layer=-1&head=1e9", "#layer=2.5"])(
    "ignores what makes no sense: %s",
    (hash) => expect(fromHash(hash, kDefaults)).toEqual(kDefaults),
  );
});
