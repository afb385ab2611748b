import { describe, expect, it } from "vitest";
import type { Reading } from "../../../web/app/state/analysis.svelte.js";
import {
  attentionView,
  headWeights,
  rowOf,
  strongestKeys,
  sum,
  toTsv,
  weightAt,
} from "../../../web/app/state/attention-view.js";

// Two layers of two heads over two tokens; every number is its own address.
const layer = (base: number) => ({
  data: Float32Array.from([0, 1, 10, 11, 100, 101, 110, 111], (x) => base + x),
  dims: [1, 2, 2, 2],
});
const kReading: Reading = {
  labels: [],
  truncated: 0,
  tokens: [
    { text: "[CLS]", isSpecial: true },
    { text: "it", isSpecial: false },
  ],
  attentions: [layer(0), layer(1000)],
};

describe("attentionView", () => {
  it("cuts out one head without copying", () => {
    const view = attentionView(kReading, 1, 1);
    expect([...view.weights]).toEqual([1100, 1101, 1110, 1111]);
    expect(view.weights.buffer).toBe(kReading.attentions[1]!.data.buffer);
    expect(weightAt(view, 1, 0)).toBe(1110);
    expect([...rowOf(view, 1)]).toEqual([1110, 1111]);
  });

  it("averages over heads", () => {
    expect([...attentionView(kReading, 0, "mean").weights]).toEqual([50, 51, 60, 61]);
  });

  it("brings the numbers of a link for another model into range", () => {
    expect(attentionView(kReading, 9, 9)).toMatchObject({ layer: 1, head: 1, layers: 2, heads: 2 });
  });
});

it("headWeights of one head of one token", () => {
  expect([...headWeights({ data: Float32Array.of(1), dims: [1, 1, 1, 1] }, "mean")]).toEqual([1]);
});

it("strongestKeys", () => {
  expect(strongestKeys(Float32Array.of(0.1, 0.6, 0.3), 2)).toEqual([1, 2]);
});

it("sum", () => expect(sum(Float32Array.of(0.25, 0.75))).toBe(1));

it("toTsv has tokens in the first row and column", () => {
  expect(toTsv(attentionView(kReading, 0, 0))).toBe("\t[CLS]\tit\n[CLS]\t0\t1\nit\t10\t11");
});
