import { describe, expect, it } from "vitest";
import { attentionOf } from "../../../web/app/state/trace.js";
import { alignmentOf, alignmentPlace } from "../../../web/app/tasks/generation/alignment.js";
import { tokens } from "./fake-trace.js";

// The decoder's start token asks first; its row is that of the step which chose the first word.
const kWritten = tokens("[start]", "三", "猫", "##咪", "[end]");
const kSource = tokens("three", "cats", "[end]");

function cross(...rows: number[][]) {
  const data = Float32Array.from([...rows.flat(), ...rows.flat()]); // two heads alike
  const facts = { kind: "cross", isCausal: false } as const;
  const queries = kWritten.slice(0, rows.length);
  const dims = [1, 2, rows.length, 3];
  return attentionOf({ ...facts, queries, keys: kSource }, [{ data, dims }]);
}

const kMean = { layer: 0, head: "mean" } as const;
const kRows = [
  [0.6, 0.2, 0.2],
  [0.05, 0.25, 0.7],
  [0.15, 0.15, 0.7],
  [0, 0, 1],
];

describe("the alignment of words", () => {
  it("takes each word's row from the step that chose it, and leaves special tokens out", () => {
    const { source, target, links } = alignmentOf(cross(...kRows), kWritten, kMean, false);
    expect([source, target]).toEqual([
      ["three", "cats"],
      ["三", "猫", "咪"],
    ]);
    const best = links.filter(({ isBest }) => isBest);
    expect(best.map(({ source, target }) => [source, target])).toEqual([
      [0, 0],
      [1, 1],
      [0, 2],
    ]);
    expect(best[0]!.share).toBeCloseTo(0.75, 6);
    expect(best[1]!.share).toBeCloseTo(5 / 6, 6);
  });

  it("keeps what is strong enough beside the best", () => {
    const { links } = alignmentOf(cross(...kRows), kWritten, kMean, false);
    const others = links.filter(({ isBest }) => !isBest);
    expect(others.map(({ source, target }) => [source, target])).toEqual([
      [1, 0],
      [1, 2],
    ]);
  });

  it("averages over the pieces of a word", () => {
    const { target, links } = alignmentOf(cross(...kRows), kWritten, kMean, true);
    expect(target).toEqual(["三", "猫咪"]);
    const cats = links.find((link) => link.target === 1)!;
    expect([cats.source, cats.isBest]).toEqual([1, true]);
    expect(cats.share).toBeCloseTo(0.4 / 0.6, 6);
  });

  it("knows no word in a blank", () => {
    const blank = { text: "▁", isSpecial: false, surface: " ", word: 9 };
    const keys = [kSource[0]!, blank, kSource[2]!];
    const attention = { ...cross(...kRows), keys };
    const { source, links } = alignmentOf(attention, kWritten, kMean, false);
    expect(source).toEqual(["three"]);
    expect(links.map(({ source, share }) => [source, share])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it("has nothing for a word that looks at special tokens only", () => {
    const rows = [[0, 0, 1], ...kRows.slice(1)];
    const { links } = alignmentOf(cross(...rows), kWritten, kMean, false);
    expect(links.some(({ target }) => target === 0)).toBe(false);
  });

  it("is read off the layer and head that were chosen", () => {
    const data = Float32Array.from([...kRows.flat(), 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const facts = { kind: "cross", isCausal: false } as const;
    const queries = kWritten.slice(0, 4);
    const own = attentionOf({ ...facts, queries, keys: kSource }, [{ data, dims: [1, 2, 4, 3] }]);
    const bestOf = (head: number | "mean" | "max") =>
      alignmentOf(own, kWritten, { layer: 0, head }, false)
        .links.filter(({ isBest }) => isBest)
        .map(({ source }) => source);
    expect(bestOf(0)).toEqual([0, 1, 0]);
    expect(bestOf(1)).toEqual([1, 0, 1]);
    expect(bestOf("max")).toEqual([1, 0, 1]);
    expect(bestOf("mean")).toEqual([1, 0, 1]);
  });

  it("is read off the last layer unless another is chosen that the model has", () => {
    const two = { layers: 2, heads: 4 };
    expect(alignmentPlace(two, null, "mean")).toEqual({ layer: 1, head: "mean" });
    expect(alignmentPlace(two, 0, 3)).toEqual({ layer: 0, head: 3 });
    expect(alignmentPlace(two, 7, 9)).toEqual({ layer: 1, head: 3 });
  });
});
