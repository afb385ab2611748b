// What every task can tell of a text besides its answer: the tokens it was read as, and what the
// model did with them.

import type { AttentionKind } from "../seam.js";
import type { Tensor } from "../tensor.js";

/** A head of the encoder, or of a model that is one stack, unless `kind` says otherwise. */
export interface HeadPlace {
  layer: number;
  head: number;
  kind?: AttentionKind;
}

export interface ReplacedAttention extends HeadPlace {
  /** Position of the token that attends. */
  query: number;
  /** One for each token attended to. */
  weights: number[];
}

/** Every task has these options. */
export interface TraceOptions {
  /** Also give `tokens` and `attentions`. */
  output_attentions?: boolean;
  /** Also give `tokens` and `hidden_states`. */
  output_hidden_states?: boolean;
  /** Also give `tokens` and `inspected`: one head taken apart. Nothing else is copied for it. */
  inspect?: HeadPlace;
  /** Heads that are silenced: the pass is made without what they add. */
  mask_heads?: ([layer: number, head: number] | [layer: number, head: number, AttentionKind])[];
  /** Positions of tokens that no token may attend to. */
  mask_tokens?: number[];
  /** Rows of attention to use instead of the model's own. */
  replace_attention?: ReplacedAttention[];
  /**
   * Layers that hand their input on unchanged, counted from 0; of an encoder-decoder, its decoder's.
   * Without all layers from one on, the answer is what the head reads off the states before it. A
   * skipped layer's attention is all 0, and none of its heads can be inspected.
   */
  skip_layers?: number[];
  /** Rejects with its reason; a request that waits in the queue is dropped. */
  signal?: AbortSignal;
}

/** Always known. */
export interface TextFacts {
  /** Tokens beyond the model's maximum, which were left out. 0 for nearly every text. */
  truncated: number;
}

/** Given with any `output_*` option, and with `inspect`. All arrays are as long as `tokens`. */
export interface TokenFacts {
  tokens: string[];
  ids: number[];
  /** Half-open [start, end) in its text, in UTF-16 code units: `text.slice(start, end)`. */
  offsets: [start: number, end: number][];
  /** true for tokens that are not in the text, such as [CLS] and [SEP]. */
  special: boolean[];
  /** Which text: 0 or 1 (its pair, the context of a question), null for special tokens. */
  sequence_ids: (0 | 1 | null)[];
}

export interface AttentionFacts {
  /** One per layer, each [1, heads, queries, keys]; every row over the keys sums to 1. */
  attentions: Tensor[];
}

/** What one head computes; n queries, n keys, d_head numbers each. */
export interface InspectedHead {
  /** [n, d_model]: what enters the layer, and q, k and v are projections of. */
  hidden: Tensor;
  /** [n, d_head] */
  q: Tensor;
  k: Tensor;
  v: Tensor;
  /** [n, n]: q k^T / sqrt(d_head), before softmax; very low where a query may not look. */
  scores: Tensor;
  /** [n, n]: their softmax, the attention. */
  probs: Tensor;
}

export interface InspectFacts {
  inspected: InspectedHead;
}

export interface HiddenStateFacts {
  /** The embedding output, then one per layer, each [1, tokens, d_model]. */
  hidden_states: Tensor[];
}

type Given<O, Name extends keyof TraceOptions, Facts> = O extends { [N in Name]: true }
  ? Facts
  : unknown;

export type Facts<O> = TextFacts &
  (O extends { output_attentions: true } | { output_hidden_states: true } | { inspect: object }
    ? TokenFacts
    : unknown) &
  Given<O, "output_attentions", AttentionFacts> &
  Given<O, "output_hidden_states", HiddenStateFacts> &
  (O extends { inspect: object } ? InspectFacts : unknown);
