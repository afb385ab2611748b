// Another reading of the same attention: sub-word pieces merged into words, special tokens hidden.
// Towards a group of keys weights add up (the group takes what its pieces take); over a group of
// queries they are averaged (each piece asked once). With special tokens hidden, a row no longer
// sums to 1: what is missing went to them.

import { isSquare, type Attention, type Trace } from "./trace.js";
import type { Token } from "./tokens.js";

export interface Grouping {
  mergeWords: boolean;
  hideSpecial: boolean;
}

/** Indices of neighbouring tokens that are shown as one. */
export type Group = readonly number[];

export function groupsOf(tokens: readonly Token[], { mergeWords, hideSpecial }: Grouping): Group[] {
  const groups: number[][] = [];
  tokens.forEach((token, i) => {
    if (hideSpecial && token.isSpecial) return;
    const group = groups.at(-1);
    const isSameWord = group !== undefined && tokens[group[0]!]!.word === token.word;
    if (mergeWords && isSameWord) group.push(i);
    else groups.push([i]);
  });
  return groups;
}

/** The trace as it is where there is nothing to merge or hide, or where nothing would be left. */
export function regroupTrace(trace: Trace, grouping: Grouping): Trace {
  if (!grouping.mergeWords && !grouping.hideSpecial) return trace;
  return trace.map((attention) => regroup(attention, grouping));
}

function regroup(attention: Attention, grouping: Grouping): Attention {
  const queryGroups = groupsOf(attention.queries, grouping);
  const keyGroups = isSquare(attention) ? queryGroups : groupsOf(attention.keys, grouping);
  if (queryGroups.length === 0 || keyGroups.length === 0) return attention;
  const queries = queryGroups.map((group) => merged(attention.queries, group));
  const keys = isSquare(attention)
    ? queries
    : keyGroups.map((group) => merged(attention.keys, group));
  const known = new Map<string, Float32Array>();
  const weightsOf = (layer: number, head: number) => {
    const name = `${layer},${head}`;
    const weights =
      known.get(name) ??
      mergeWeights(attention.weightsOf(layer, head), attention.keys.length, queryGroups, keyGroups);
    known.set(name, weights);
    return weights;
  };
  return { ...attention, queries, keys, weightsOf };
}

function merged(tokens: readonly Token[], group: Group): Token {
  const first = tokens[group[0]!]!;
  if (group.length === 1) return first;
  const surface = group.map((i) => tokens[i]!.surface).join("");
  return { ...first, text: surface.trim(), surface };
}

/** `weights`: [n_q, n_k], `n` = n_k. Returns [query groups, key groups]. */
export function mergeWeights(
  weights: Float32Array,
  n: number,
  queryGroups: readonly Group[],
  keyGroups: readonly Group[],
): Float32Array {
  const columns = keyGroups.length;
  const result = new Float32Array(queryGroups.length * columns);
  const columnOf = new Int32Array(n).fill(kHidden);
  keyGroups.forEach((keys, k) => keys.forEach((key) => (columnOf[key] = k)));
  queryGroups.forEach((queries, q) => {
    const row = result.subarray(q * columns, (q + 1) * columns);
    for (const query of queries)
      addRow(row, weights.subarray(query * n, (query + 1) * n), columnOf);
    for (let k = 0; k < columns; k += 1) row[k]! /= queries.length;
  });
  return result;
}

const kHidden = -1; // a key that is not shown

function addRow(sums: Float32Array, weights: Float32Array, columnOf: Int32Array): void {
  for (let key = 0; key < weights.length; key += 1) {
    const column = columnOf[key]!;
    if (column !== kHidden) sums[column]! += weights[key]!;
  }
}
