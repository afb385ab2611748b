// One head's attention, or the mean of a layer's heads, cut out of a reading.

import type { Tensor } from "glassformer";
import type { Reading, Token } from "./analysis.svelte.js";
import type { Head } from "./view-state.js";

export interface AttentionView {
  tokens: Token[];
  layers: number;
  heads: number;
  layer: number;
  head: Head;
  /** [n, n], row-major: queries in rows, keys in columns; each row sums to 1. */
  weights: Float32Array;
}

/**
 * `layer` and `head` come from links, and may be those of another model: they are brought into
 * range.
 */
export function attentionView(
  { tokens, attentions }: Reading,
  layer: number,
  head: Head,
): AttentionView {
  const inLayer = Math.min(layer, attentions.length - 1);
  const tensor = attentions[inLayer]!;
  const heads = tensor.dims[1]!;
  const inHead = head === "mean" ? head : Math.min(head, heads - 1);
  const weights = headWeights(tensor, inHead);
  return { tokens, layers: attentions.length, heads, layer: inLayer, head: inHead, weights };
}

/** `tensor`: [1, heads, n, n]. A view of it for one head, a new array for the mean. */
export function headWeights({ data, dims }: Tensor, head: Head): Float32Array {
  const [, heads = 1, n = 0] = dims;
  const size = n * n;
  if (head !== "mean") return data.subarray(head * size, (head + 1) * size);
  const mean = new Float32Array(size);
  for (let i = 0; i < data.length; i += 1) mean[i % size]! += data[i]! / heads;
  return mean;
}

export function weightAt(view: AttentionView, query: number, key: number): number {
  return view.weights[query * view.tokens.length + key]!;
}

export function rowOf(view: AttentionView, query: number): Float32Array {
  const n = view.tokens.length;
  return view.weights.subarray(query * n, (query + 1) * n);
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

/** All weights as tab-separated values, tokens in the first row and column. */
export function toTsv(view: AttentionView): string {
  const header = ["", ...view.tokens.map(({ text }) => text)];
  const rows = view.tokens.map(({ text }, query) => [text, ...rowOf(view, query)]);
  return [header, ...rows].map((row) => row.join("\t")).join("\n");
}
