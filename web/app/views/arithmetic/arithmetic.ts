// The arithmetic of one attention head, for one query: from q and k to a weight, and from the
// weights to what the head hands on. Vaswani et al., Attention Is All You Need (2017), section 3.2.1.

import type { InspectedHead, Tensor } from "glassformer";

/** One row of a matrix [n, d]; a view. */
export function rowOf({ data, dims }: Tensor, row: number): Float32Array {
  const d = dims.at(-1) ?? 0;
  return data.subarray(row * d, (row + 1) * d);
}

export interface KeyTerm {
  /** [d_head]: what each dimension adds to the product. */
  products: Float32Array;
  /** q · k */
  dot: number;
  /** q · k / sqrt(d_head), and what a model adds to it, such as relative positions. */
  score: number;
  /** The softmax of the scores over all keys, at this key. */
  weight: number;
}

export function keyTerm(head: InspectedHead, query: number, key: number): KeyTerm {
  const q = rowOf(head.q, query);
  const k = rowOf(head.k, key);
  const products = q.map((value, i) => value * k[i]!);
  return {
    products,
    dot: products.reduce((sum, value) => sum + value, 0),
    score: rowOf(head.scores, query)[key]!,
    weight: rowOf(head.probs, query)[key]!,
  };
}

/** [d_head]: the values of all keys, each taken by its weight, added up. */
export function headOutput(head: InspectedHead, query: number): Float32Array {
  const weights = rowOf(head.probs, query);
  const output = new Float32Array(head.v.dims.at(-1) ?? 0);
  weights.forEach((weight, key) => {
    const v = rowOf(head.v, key);
    for (let i = 0; i < output.length; i += 1) output[i]! += weight * v[i]!;
  });
  return output;
}

/** The largest distance from zero; at least a little, so that one can divide by it. */
export function extent(...vectors: Float32Array[]): number {
  const kLeast = 1e-9;
  return vectors.reduce(
    (most, vector) => vector.reduce((m, value) => Math.max(m, Math.abs(value)), most),
    kLeast,
  );
}
