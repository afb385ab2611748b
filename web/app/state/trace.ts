// What one run of a model showed: up to three attentions, each from its own queries to its own
// keys. Every view takes one of these, a layer and a head, and need not know which task it is from.

import type { Tensor } from "glassformer";
import type { Token } from "./tokens.js";

/** Self-attention of an encoder, masked self-attention of a decoder, and from decoder to encoder. */
export const kAttentionKinds = ["self", "decoder", "cross"] as const;
export type AttentionKind = (typeof kAttentionKinds)[number];

export interface Attention {
  readonly kind: AttentionKind;
  readonly queries: readonly Token[];
  /** The same array as `queries` where a text looks at itself. */
  readonly keys: readonly Token[];
  readonly layers: number;
  readonly heads: number;
  /** A query sees no key behind its own place. */
  readonly isCausal: boolean;
  /** Of one head: [n_q, n_k], row-major. Shared: not to be written to. */
  weightsOf(layer: number, head: number): Float32Array;
  /**
   * Of the stack whose attention it is: the embedding output, then one for each layer, each [1,
   * tokens, d_model]. Fetched when asked for; undefined where they are not to be had.
   */
  states?: States | undefined;
}

export type States = (signal: AbortSignal) => Promise<Tensor[]>;

/** At least one, in the order of `kAttentionKinds`. */
export type Trace = readonly Attention[];

interface Facts {
  kind: AttentionKind;
  queries: readonly Token[];
  keys: readonly Token[];
  isCausal: boolean;
  states?: States | undefined;
}

/** `tensors`: one per layer, each [1, heads, n_q, n_k]. Nothing is copied. */
export function attentionOf(facts: Facts, tensors: readonly Tensor[]): Attention {
  const size = facts.queries.length * facts.keys.length;
  return {
    ...facts,
    layers: tensors.length,
    heads: tensors[0]?.dims[1] ?? 0,
    weightsOf: (layer, head) => tensors[layer]!.data.subarray(head * size, (head + 1) * size),
  };
}

/** Self-attention of an encoder. `tensors` as for `attentionOf`. */
export function selfAttention(
  tokens: readonly Token[],
  tensors: readonly Tensor[],
  states?: States,
): Attention {
  const facts = { kind: "self", queries: tokens, keys: tokens, isCausal: false } as const;
  return attentionOf({ ...facts, states }, tensors);
}

export function isSquare({ queries, keys }: Pick<Attention, "queries" | "keys">): boolean {
  return queries === keys;
}

/** The attention of that kind, or the first one where the trace has none. */
export function attentionOfKind(trace: Trace, kind: AttentionKind): Attention {
  return trace.find((attention) => attention.kind === kind) ?? trace[0]!;
}
