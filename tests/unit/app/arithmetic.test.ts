import type { InspectedHead } from "glassformer";
import { describe, expect, it } from "vitest";
import {
  extent,
  headOutput,
  keyTerm,
  rowOf,
} from "../../../web/app/views/arithmetic/arithmetic.js";

const matrix = (rows: number, ...values: number[]) => ({
  data: Float32Array.from(values),
  dims: [rows, values.length / rows],
});
// Two tokens, three dimensions.
const kHead: InspectedHead = {
  hidden: matrix(2, 0, 0),
  q: matrix(2, 1, 2, 3, -1, 0, 1),
  k: matrix(2, 1, 0, 1, 2, 2, 2),
  v: matrix(2, 1, 1, 1, 3, 5, -1),
  scores: matrix(2, 4 / Math.sqrt(3), 12 / Math.sqrt(3), 0, 0),
  probs: matrix(2, 0.25, 0.75, 0.5, 0.5),
};

describe("the arithmetic of a head", () => {
  it("goes from q and k to the weight", () => {
    const { products, dot, score, weight } = keyTerm(kHead, 0, 1);
    expect([...products]).toEqual([2, 4, 6]);
    expect(dot).toBe(12);
    expect(score).toBeCloseTo(dot / Math.sqrt(3), 6);
    expect(weight).toBe(0.75);
  });

  it("adds up the values by their weights", () => {
    expect([...headOutput(kHead, 0)]).toEqual([2.5, 4, -0.5]);
    expect([...headOutput(kHead, 1)]).toEqual([2, 3, 0]);
  });

  it("cuts rows out without copying", () => {
    expect(rowOf(kHead.q, 1).buffer).toBe(kHead.q.data.buffer);
    expect([...rowOf(kHead.q, 1)]).toEqual([-1, 0, 1]);
  });
});

it("extent is the largest distance from zero", () => {
  expect(extent(Float32Array.of(1, -3), Float32Array.of(2))).toBe(3);
  expect(extent(new Float32Array(2))).toBeGreaterThan(0);
});
