// Which lines there are between the tokens of two columns.

import type { Attention } from "../../state/trace.js";
import type { Pin } from "../../state/view-state.js";

export interface Line {
  head: number;
  query: number;
  key: number;
  weight: number;
}

export const kFaintest = 0.01; // weaker lines could not be seen

/** Part of the columns: rows from the first to one before the last. */
export type Range = readonly [first: number, end: number];

/**
 * Of the tokens in sight, or of the one in focus, the lines of those heads; the strongest last, so
 * that they are drawn on top.
 */
export function linesOf(
  attention: Attention,
  layer: number,
  heads: readonly number[],
  focus: Pin | null,
  inSight: Range,
): Line[] {
  const [queries, keys] = ranges(attention, focus, inSight);
  const lines: Line[] = [];
  for (const head of heads) {
    const weights = attention.weightsOf(layer, head);
    for (let query = queries[0]; query < queries[1]; query += 1) {
      for (let key = keys[0]; key < keys[1]; key += 1) {
        const weight = weights[query * attention.keys.length + key]!;
        if (weight >= kFaintest) lines.push({ head, query, key, weight });
      }
    }
  }
  return lines.sort((a, b) => a.weight - b.weight);
}

function ranges(attention: Attention, focus: Pin | null, inSight: Range): [Range, Range] {
  const [queries, keys] = [attention.queries.length, attention.keys.length];
  if (focus?.side === "query")
    return [
      [focus.index, focus.index + 1],
      [0, keys],
    ];
  if (focus?.side === "key")
    return [
      [0, queries],
      [focus.index, focus.index + 1],
    ];
  return [
    [inSight[0], Math.min(inSight[1], queries)],
    [0, keys],
  ];
}

/** The heads whose lines are drawn. */
export function shownHeads({ heads }: Attention, chosen: readonly number[] | "all"): number[] {
  const all = Array.from({ length: heads }, (_, head) => head);
  return chosen === "all" ? all : all.filter((head) => chosen.includes(head));
}

/** The pin, if the attention has such a token: links may be of another text. */
export function pinInRange({ queries, keys }: Attention, pin: Pin | null): Pin | null {
  if (pin === null) return null;
  return pin.index < (pin.side === "query" ? queries : keys).length ? pin : null;
}

/**
 * For each token of the column across from the focus, how much it has to do with it: the mean over
 * those heads.
 */
export function sharesOf(
  attention: Attention,
  layer: number,
  heads: readonly number[],
  focus: Pin,
): Float32Array {
  const n = attention.keys.length;
  const isQuery = focus.side === "query";
  const shares = new Float32Array(isQuery ? n : attention.queries.length);
  for (const head of heads) {
    const weights = attention.weightsOf(layer, head);
    for (let i = 0; i < shares.length; i += 1) {
      const weight = isQuery ? weights[focus.index * n + i]! : weights[i * n + focus.index]!;
      shares[i]! += weight / heads.length;
    }
  }
  return shares;
}
