import { describe, expect, it } from "vitest";
import { characterOf } from "../../../web/app/state/traits.js";
import { attentionOf, selfAttention } from "../../../web/app/state/trace.js";
import { crossAttention, tokens } from "./fake-trace.js";

const kTokens = tokens("[CLS]", "great", "##er", "film", "[SEP]");
const n = kTokens.length;

/** An attention whose every row is all weight on one key. */
function pointing(keyOf: (query: number) => number): Float32Array {
  const weights = new Float32Array(n * n);
  for (let query = 0; query < n; query += 1) weights[query * n + keyOf(query)] = 1;
  return weights;
}
const attention = selfAttention(kTokens, [{ data: pointing(() => 0), dims: [1, 1, n, n] }]);
const mainOf = (weights: Float32Array) => characterOf(attention, weights).main;

describe("a head's character", () => {
  it.each([
    ["previous", (query: number) => Math.max(0, query - 1)],
    ["next", (query: number) => Math.min(n - 1, query + 1)],
    ["same", (query: number) => query],
    ["first", () => 0],
    ["separator", () => n - 1],
  ] as const)("%s", (trait, keyOf) => {
    const { main, shares } = characterOf(attention, pointing(keyOf));
    expect(main).toBe(trait);
    expect(shares[trait]).toBe(1);
  });

  it("is broad when its weights are nearly even", () => {
    const { main, shares } = characterOf(attention, new Float32Array(n * n).fill(1 / n));
    expect(main).toBe("broad");
    expect(shares.broad).toBeCloseTo(1, 6);
    expect(shares.previous).toBeCloseTo(0.2, 6);
  });

  it("is nothing in particular when it does a bit of everything", () => {
    const weights = pointing(() => 0);
    const rows = [1, 2, 3].map((query) => weights.subarray(query * n, (query + 1) * n));
    rows.forEach((row) => row.set([0.38, 0, 0, 0.31, 0.31]));
    rows[2]!.set([0.38, 0.31, 0.31, 0, 0]);
    expect(mainOf(weights)).toBeNull();
  });

  it("counts the queries of words, not those of special tokens", () => {
    const weights = pointing((query) => (kTokens[query]!.isSpecial ? 0 : n - 1));
    expect(characterOf(attention, weights).shares.separator).toBe(1);
  });

  it("of a causal head is measured over what it may see", () => {
    const queries = tokens("a", "b", "c");
    const data = Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 1 / 3, 1 / 3, 1 / 3);
    const facts = { kind: "decoder", queries, keys: queries, isCausal: true } as const;
    const causal = attentionOf(facts, [{ data, dims: [1, 1, 3, 3] }]);
    expect(characterOf(causal, data).shares.broad).toBeCloseTo(2 / 3, 6); // the first row has no choice
  });

  it("between two texts has no neighbours", () => {
    const cross = crossAttention();
    const { shares } = characterOf(cross, Float32Array.of(0, 1, 0, 1, 0, 0));
    expect(shares).toMatchObject({ previous: 0, next: 0, same: 0, first: 0.5 });
  });
});
