// One head's attention, or what all heads of a layer have in common, cut out of an attention.

import type { Attention } from "./trace.js";
import type { Token } from "./tokens.js";
import type { Head } from "./view-state.js";

export interface AttentionView {
  attention: Attention;
  queries: readonly Token[];
  keys: readonly Token[];
  layer: number;
  head: Head;
  /** [n_q, n_k], row-major: queries in rows, keys in columns. */
  weights: Float32Array;
}

/**
 * `layer` and `head` come from links, and may be those of another model: they are brought into
 * range.
 */
export function attentionView(attention: Attention, layer: number, head: Head): AttentionView {
  const inLayer = Math.min(layer, attention.layers - 1);
  const inHead = typeof head === "number" ? Math.min(head, attention.heads - 1) : head;
  const weights = headWeights(attention, inLayer, inHead);
  const { queries, keys } = attention;
  return { attention, queries, keys, layer: inLayer, head: inHead, weights };
}

/** [n_q, n_k]: shared memory for one head, a new array for the mean and the maximum. */
export function headWeights(attention: Attention, layer: number, head: Head): Float32Array {
  if (typeof head === "number") return attention.weightsOf(layer, head);
  const heads = Array.from({ length: attention.heads }, (_, i) => attention.weightsOf(layer, i));
  return head === "mean" ? meanOf(heads) : maximumOf(heads);
}

function meanOf(heads: Float32Array[]): Float32Array {
  const mean = new Float32Array(heads[0]!.length);
  for (const weights of heads)
    for (let i = 0; i < mean.length; i += 1) mean[i]! += weights[i]! / heads.length;
  return mean;
}

function maximumOf(heads: Float32Array[]): Float32Array {
  const most = new Float32Array(heads[0]!.length);
  for (const weights of heads)
    for (let i = 0; i < most.length; i += 1) if (weights[i]! > most[i]!) most[i] = weights[i]!;
  return most;
}

export function weightAt(view: AttentionView, query: number, key: number): number {
  return view.weights[query * view.keys.length + key]!;
}

/** What no query may look at: a key behind it, where attention is causal. */
export function isMasked({ isCausal }: Attention, query: number, key: number): boolean {
  return isCausal && key > query;
}

export function rowOf(view: AttentionView, query: number): Float32Array {
  const n = view.keys.length;
  return view.weights.subarray(query * n, (query + 1) * n);
}

export function columnOf(view: AttentionView, key: number): Float32Array {
  return Float32Array.from(view.queries, (_, query) => weightAt(view, query, key));
}

export function sum(row: Float32Array): number {
  return row.reduce((total, weight) => total + weight, 0);
}

/** Indices of the `count` largest weights, largest first. */
export function strongestKeys(row: Float32Array, count: number): number[] {
  return Array.from(row.keys())
    .sort((a, b) => row[b]! - row[a]!)
    .slice(0, count);
}

/** All weights as tab-separated values, keys in the first row, queries in the first column. */
export function toTsv(view: AttentionView): string {
  const header = ["", ...view.keys.map(({ text }) => text)];
  const rows = view.queries.map(({ text }, query) => [text, ...rowOf(view, query)]);
  return [header, ...rows].map((row) => row.join("\t")).join("\n");
}
