import { describe, expect, it } from "vitest";
import { headColors } from "../../../web/app/views/lines/head-colors.js";
import { linesOf, pinInRange, sharesOf } from "../../../web/app/views/lines/lines.js";
import { attentionOf } from "../../../web/app/state/trace.js";
import { tokens } from "./fake-trace.js";

// Two heads, two queries, three keys.
const data = Float32Array.of(
  ...[0.5, 0.495, 0.005, 0.25, 0.75, 0],
  ...[0, 0, 1, 0.125, 0.125, 0.75],
);
const attention = attentionOf(
  { kind: "cross", isCausal: false, queries: tokens("三", "只"), keys: tokens("a", "b", "c") },
  [{ data, dims: [1, 2, 2, 3] }],
);

describe("lines", () => {
  it("are those of the tokens in sight, without the faintest, the strongest last", () => {
    const lines = linesOf(attention, 0, [0], null, [0, 5]);
    expect(lines.map(({ query, key }) => [query, key])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [1, 1],
    ]);
    expect(linesOf(attention, 0, [0], null, [1, 5])).toHaveLength(2);
  });

  it("of a query are its row, of a key its column", () => {
    const row = linesOf(attention, 0, [0, 1], { side: "query", index: 0 }, [0, 0]);
    expect(row.map(({ head, key }) => [head, key])).toEqual([
      [0, 1],
      [0, 0],
      [1, 2],
    ]);
    const column = linesOf(attention, 0, [1], { side: "key", index: 2 }, [0, 0]);
    expect(column.map(({ query, weight }) => [query, weight])).toEqual([
      [1, 0.75],
      [0, 1],
    ]);
  });

  it("of no head are none", () => expect(linesOf(attention, 0, [], null, [0, 2])).toEqual([]));
});

it("shares are the mean over heads, on the side across", () => {
  const keys = sharesOf(attention, 0, [0, 1], { side: "query", index: 1 });
  expect([...keys]).toEqual([0.1875, 0.4375, 0.375]);
  const queries = sharesOf(attention, 0, [1], { side: "key", index: 2 });
  expect([...queries]).toEqual([1, 0.75]);
});

it("a pin of another text is let go", () => {
  expect(pinInRange(attention, { side: "query", index: 2 })).toBeNull();
  expect(pinInRange(attention, { side: "key", index: 2 })).toEqual({ side: "key", index: 2 });
  expect(pinInRange(attention, null)).toBeNull();
});

describe("the colours of heads", () => {
  it.each([1, 2, 4, 8, 12, 16])("are all different: %i", (heads) => {
    for (const isDark of [false, true]) expect(new Set(headColors(heads, isDark)).size).toBe(heads);
  });
});
