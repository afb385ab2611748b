// How much each layer changes the vector of each token: the residual stream, step by step.

import type { Tensor } from "glassformer";

/**
 * `states`: the embedding output, then one for each layer, each [1, n, d_model]. Returns [layers,
 * n]: the length of what a layer changes, by the length of what entered it.
 */
export function changesByLayer(states: readonly Tensor[]): Float32Array {
  const [, n = 0] = states[0]?.dims ?? [];
  const changes = new Float32Array(Math.max(0, states.length - 1) * n);
  for (let layer = 1; layer < states.length; layer += 1)
    for (let token = 0; token < n; token += 1)
      changes[(layer - 1) * n + token] = relativeChange(states[layer - 1]!, states[layer]!, token);
  return changes;
}

function relativeChange(before: Tensor, after: Tensor, token: number): number {
  const d = before.dims.at(-1)!;
  let [changed, whole] = [0, 0];
  for (let i = token * d; i < (token + 1) * d; i += 1) {
    changed += (after.data[i]! - before.data[i]!) ** 2;
    whole += before.data[i]! ** 2;
  }
  return whole > 0 ? Math.sqrt(changed / whole) : 0;
}

/** Largest distance from zero that is not an outlier: few dimensions are far larger than all others. */
export function robustExtent(values: Float32Array): number {
  const kShare = 0.98;
  const kLeast = 1e-9;
  const sorted = values.map(Math.abs).sort();
  return Math.max(kLeast, sorted[Math.floor(kShare * (sorted.length - 1))] ?? 0);
}
