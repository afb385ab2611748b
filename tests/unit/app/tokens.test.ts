import { describe, expect, it } from "vitest";
import { groupsOf, mergeWeights, regroupTrace } from "../../../web/app/state/grouping.js";
import { tokensOf, tokensWithoutPlaces } from "../../../web/app/state/tokens.js";
import { selfAttention } from "../../../web/app/state/trace.js";
import { crossAttention, tokens } from "./fake-trace.js";

const words = (source: Parameters<typeof tokensOf>[0], text: string) =>
  tokensOf(source, () => text).map(({ word, surface }) => [word, surface]);

describe("words", () => {
  it("are put together from WordPiece tokens", () => {
    const source = {
      tokens: ["[CLS]", "un", "##aff", "is", "[SEP]"],
      offsets: [
        [0, 0],
        [0, 2],
        [2, 5],
        [6, 8],
        [0, 0],
      ] as [number, number][],
      special: [true, false, false, false, true],
    };
    expect(words(source, "unaff is")).toEqual([
      [0, ""],
      [1, "un"],
      [1, "aff"],
      [2, "is"],
      [3, ""],
    ]);
  });

  it("begin behind the space that some tokenisers give to a token", () => {
    const source = {
      tokens: ["a", "Ġbig", "ger"],
      offsets: [
        [0, 1],
        [1, 5],
        [5, 8],
      ] as [number, number][],
      special: [false, false, false],
    };
    expect(words(source, "a bigger").map(([word]) => word)).toEqual([0, 1, 1]);
  });

  it("are told by the vocabulary where no places are known", () => {
    const tokens = ["<s>", "On", "ce", "Ġup", "on", ",", "Ġa", "Ċ"];
    const shown = tokensWithoutPlaces({ tokens, special: tokens.map((token) => token === "<s>") });
    expect(shown.map(({ word }) => word)).toEqual([0, 1, 1, 2, 2, 3, 4, 5]);
    expect(shown.map(({ text }) => text).join("|")).toBe("<s>|On|ce|▁up|on|,|▁a|↵");
    expect(shown.map(({ surface }) => surface).join("")).toBe("Once upon, a↵");
  });

  it("take no letter from the blank in front of them", () => {
    const source = {
      tokens: ["▁", "2", "6", "▁", "a"],
      offsets: [
        [0, 1],
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ] as [number, number][],
      special: [false, false, false, false, false],
    };
    const surfaces = words(source, "26 a").map(([, surface]) => surface);
    expect(surfaces).toEqual(["", "2", "6", " ", "a"]);
  });

  it("are found in Chinese, where no spaces are", () => {
    const text = "我喜欢学习";
    const source = {
      tokens: [...text],
      offsets: [...text].map((_, i) => [i, i + 1] as [number, number]),
      special: [...text].map(() => false),
    };
    expect(words(source, text).map(([word]) => word)).toEqual([0, 1, 1, 2, 2]);
  });

  it("never cross from one text to another", () => {
    const source = {
      tokens: ["a", "a"],
      offsets: [
        [0, 1],
        [0, 1],
      ] as [number, number][],
      special: [false, false],
    };
    expect(tokensOf(source, (i) => ["a", "a b"][i]!).map(({ word }) => word)).toEqual([0, 1]);
  });
});

describe("grouping", () => {
  const four = tokens("[CLS]", "great", "##er", "[SEP]");

  it("merges words, hides special tokens, or does both", () => {
    expect(groupsOf(four, { mergeWords: true, hideSpecial: false })).toEqual([[0], [1, 2], [3]]);
    expect(groupsOf(four, { mergeWords: false, hideSpecial: true })).toEqual([[1], [2]]);
    expect(groupsOf(four, { mergeWords: true, hideSpecial: true })).toEqual([[1, 2]]);
  });

  it("adds up over keys and averages over queries", () => {
    // Rows: [CLS], great, ##er, [SEP]
    const weights = Float32Array.of(
      ...[0.1, 0.2, 0.3, 0.4],
      ...[0.5, 0.25, 0.25, 0],
      ...[0.25, 0.5, 0, 0.25],
      ...[0, 0, 1, 0],
    );
    const groups = [[0], [1, 2], [3]];
    const merged = [...mergeWeights(weights, 4, groups, groups)];
    const expected = [0.1, 0.5, 0.4, 0.375, 0.5, 0.125, 0, 1, 0];
    merged.forEach((weight, i) => expect(weight).toBeCloseTo(expected[i]!, 6));
  });

  it("gives an attention that views can take, computed once", () => {
    const data = Float32Array.from({ length: 16 }, () => 0.25);
    const attention = selfAttention(four, [{ data, dims: [1, 1, 4, 4] }]);
    const [grouped] = regroupTrace([attention], { mergeWords: true, hideSpecial: false });
    expect(grouped!.queries.map(({ text }) => text)).toEqual(["[CLS]", "greater", "[SEP]"]);
    expect(grouped!.keys).toBe(grouped!.queries);
    expect([...grouped!.weightsOf(0, 0).slice(0, 3)]).toEqual([0.25, 0.5, 0.25]);
    expect(grouped!.weightsOf(0, 0)).toBe(grouped!.weightsOf(0, 0));
  });

  it("leaves an attention between two texts oblong", () => {
    const [grouped] = regroupTrace([crossAttention()], { mergeWords: true, hideSpecial: true });
    expect([grouped!.queries.length, grouped!.keys.length]).toEqual([2, 3]);
    expect([...grouped!.weightsOf(0, 1)]).toEqual([6, 7, 8, 9, 10, 11]);
  });

  it("shows a text of special tokens alone as it is", () => {
    const data = Float32Array.of(1);
    const trace = [selfAttention(tokens("[CLS]"), [{ data, dims: [1, 1, 1, 1] }])];
    expect(regroupTrace(trace, { mergeWords: false, hideSpecial: true })[0]).toBe(trace[0]);
  });
});
