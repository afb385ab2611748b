// What a pipeline tells about its model.

import type { LoadedModel } from "../worker/api.js";

export interface ModelFacts {
  id: string;
  /** "bert", "distilbert", ... */
  family: string;
  parameters: number;
  /** Bytes of the weights in the engine's memory. */
  weightBytes: number;
  layers: number;
  /** Attention heads per layer. */
  heads: number;
  /** The longest input, in tokens, special tokens included. */
  maxTokens: number;
  labels: readonly string[];
}

export function modelFacts(id: string, info: LoadedModel["info"]): ModelFacts {
  const { family, parameters, weightBytes, layers, heads, maxTokens, labels } = info;
  return Object.freeze({
    id,
    family,
    parameters,
    weightBytes,
    layers,
    heads,
    maxTokens,
    labels: [...labels],
  });
}
