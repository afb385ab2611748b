import { describe, expect, it } from "vitest";
import {
  attentionView,
  columnOf,
  headWeights,
  isMasked,
  rowOf,
  strongestKeys,
  sum,
  toTsv,
  weightAt,
} from "../../../web/app/state/attention-view.js";
import { attentionOf, isSquare, selfAttention } from "../../../web/app/state/trace.js";
import { crossAttention, tokens } from "./fake-trace.js";

// Two layers of two heads over two tokens; every number is its own address.
const layer = (base: number) => ({
  data: Float32Array.from([0, 1, 10, 11, 100, 101, 110, 111], (x) => base + x),
  dims: [1, 2, 2, 2],
});
const kTensors = [layer(0), layer(1000)];
const kAttention = selfAttention(tokens("[CLS]", "it"), kTensors);

describe("attentionView", () => {
  it("cuts out one head without copying", () => {
    const view = attentionView(kAttention, 1, 1);
    expect([...view.weights]).toEqual([1100, 1101, 1110, 1111]);
    expect(view.weights.buffer).toBe(kTensors[1]!.data.buffer);
    expect(weightAt(view, 1, 0)).toBe(1110);
    expect([...rowOf(view, 1)]).toEqual([1110, 1111]);
    expect([...columnOf(view, 1)]).toEqual([1101, 1111]);
  });

  it("averages over heads, and takes the strongest", () => {
    expect([...attentionView(kAttention, 0, "mean").weights]).toEqual([50, 51, 60, 61]);
    expect([...attentionView(kAttention, 0, "max").weights]).toEqual([100, 101, 110, 111]);
  });

  it("brings the numbers of a link for another model into range", () => {
    expect(attentionView(kAttention, 9, 9)).toMatchObject({ layer: 1, head: 1 });
  });
});

describe("an attention between two texts", () => {
  const attention = crossAttention(); // 2 queries, 3 keys
  const view = attentionView(attention, 0, 1);

  it("has rows as long as its keys", () => {
    expect(isSquare(attention)).toBe(false);
    expect([...rowOf(view, 1)]).toEqual([9, 10, 11]);
    expect(weightAt(view, 1, 0)).toBe(9);
    expect([...columnOf(view, 2)]).toEqual([8, 11]);
  });

  it("is copied with keys above and queries at the side", () => {
    expect(toTsv(view)).toBe("\tthree\tcats\tA\n三\t6\t7\t8\n只\t9\t10\t11");
  });
});

it("a causal attention masks what comes later", () => {
  const queries = tokens("a", "b");
  const facts = { kind: "decoder", queries, keys: queries, isCausal: true } as const;
  const causal = attentionOf(facts, kTensors);
  expect([isMasked(causal, 0, 1), isMasked(causal, 1, 1), isMasked(kAttention, 0, 1)]).toEqual([
    true,
    false,
    false,
  ]);
});

it("headWeights of one head of one token", () => {
  const one = selfAttention(tokens("x"), [{ data: Float32Array.of(1), dims: [1, 1, 1, 1] }]);
  expect([...headWeights(one, 0, "mean")]).toEqual([1]);
});

it("strongestKeys", () => {
  expect(strongestKeys(Float32Array.of(0.1, 0.6, 0.3), 2)).toEqual([1, 2]);
});

it("sum", () => expect(sum(Float32Array.of(0.25, 0.75))).toBe(1));

it("toTsv has tokens in the first row and column", () => {
  expect(toTsv(attentionView(kAttention, 0, 0))).toBe("\t[CLS]\tit\n[CLS]\t0\t1\nit\t10\t11");
});
