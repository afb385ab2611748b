// Attention rollout: of which inputs the vector of a token is made after each layer, if what flows
// is what is attended to. Half of each step is the residual connection, half the mean of the heads.
// Abnar and Zuidema, Quantifying Attention Flow in Transformers (2020), section 3.

import { headWeights } from "../../state/attention-view.js";
import type { Attention } from "../../state/trace.js";

const kResidual = 0.5; // of each step: A = 0.5 W + 0.5 I

/**
 * What one layer does to the tokens: [n, n], each row with a sum of 1. A row without attention
 * (all heads are off) is the residual connection alone.
 */
export function mixOf(attention: Attention, layer: number): Float32Array {
  const n = attention.keys.length;
  const mix = Float32Array.from(headWeights(attention, layer, "mean"));
  for (let query = 0; query < attention.queries.length; query += 1) {
    const row = mix.subarray(query * n, (query + 1) * n);
    const sum = row.reduce((total, weight) => total + weight, 0);
    const scale = sum > 0 ? (1 - kResidual) / sum : 0;
    for (let key = 0; key < n; key += 1) row[key]! *= scale;
    row[query]! += sum > 0 ? kResidual : 1;
  }
  return mix;
}

/**
 * `mixes`: of each layer, [n, n]. Returns [layers, n]: of which inputs `token` is made after each
 * layer; every row sums to 1.
 */
export function rolloutOf(mixes: readonly Float32Array[], n: number, token: number): Float32Array {
  const result = new Float32Array(mixes.length * n);
  mixes.forEach((_, last) => {
    let shares = new Float32Array(n);
    shares[token] = 1;
    for (let layer = last; layer >= 0; layer -= 1) shares = pull(shares, mixes[layer]!, n);
    result.set(shares, last * n);
  });
  return result;
}

/** A row vector times a matrix: [n] x [n, n]. */
function pull(shares: Float32Array, mix: Float32Array, n: number): Float32Array<ArrayBuffer> {
  const result = new Float32Array(n);
  for (let query = 0; query < n; query += 1) {
    const share = shares[query]!;
    if (share === 0) continue;
    const row = query * n;
    for (let key = 0; key < n; key += 1) result[key]! += share * mix[row + key]!;
  }
  return result;
}
