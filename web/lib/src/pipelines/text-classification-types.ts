// What text classification takes and gives. Results are shaped as those of Hugging Face; what else
// is known of a text (its tokens, its attention) is added to the array as properties, as `index` is
// to a RegExp match.

import type { LabelScore } from "../seam.js";
import type { Tensor } from "../tensor.js";
import type { ModelFacts } from "./model-facts.js";

/** A text, or two that belong together, such as a premise and a hypothesis. */
export type ClassificationInput = string | { text: string; text_pair?: string };

export interface ClassificationOptions {
  /** How many labels, best first; null for all. Default 1. */
  top_k?: number | null;
  /** Also give `tokens` and `attentions`. */
  output_attentions?: boolean;
  /** Also give `tokens` and `hidden_states`. */
  output_hidden_states?: boolean;
  /** Rejects with its reason; a request that waits in the queue is dropped. */
  signal?: AbortSignal;
}

/** Always known. */
export interface TextFacts {
  /** Tokens beyond the model's maximum, which were left out. 0 for nearly every text. */
  truncated: number;
}

/** Given with `output_attentions` or `output_hidden_states`. All arrays are as long as `tokens`. */
export interface TokenFacts {
  tokens: string[];
  ids: number[];
  /** Half-open [start, end) in the text, in UTF-16 code units: `text.slice(start, end)`. */
  offsets: [start: number, end: number][];
  /** true for tokens that are not in the text, such as [CLS] and [SEP]. */
  special: boolean[];
}

export interface AttentionFacts {
  /** One per layer, each [1, heads, queries, keys]; every row over the keys sums to 1. */
  attentions: Tensor[];
}

export interface HiddenStateFacts {
  /** The embedding output, then one per layer, each [1, tokens, d_model]. */
  hidden_states: Tensor[];
}

type Given<O, Name extends keyof ClassificationOptions, Facts> = O extends { [N in Name]: true }
  ? Facts
  : unknown;

export type Facts<O> = TextFacts &
  (O extends { output_attentions: true } | { output_hidden_states: true } ? TokenFacts : unknown) &
  Given<O, "output_attentions", AttentionFacts> &
  Given<O, "output_hidden_states", HiddenStateFacts>;

/** The result for one text. */
export type Classification<O = object> = LabelScore[] & Facts<O>;

/**
 * The result for an array of texts: with one label each it is flat, and `details[i]` holds what is
 * known of text i.
 */
export type ClassificationBatch<O = object> = O extends { top_k: number | null }
  ? O extends { top_k: 1 }
    ? LabelScore[] & { details: Facts<O>[] }
    : Classification<O>[]
  : LabelScore[] & { details: Facts<O>[] };

export interface TextClassificationPipeline {
  <const O extends ClassificationOptions>(
    input: ClassificationInput,
    options?: O,
  ): Promise<Classification<O>>;
  <const O extends ClassificationOptions>(
    inputs: readonly ClassificationInput[],
    options?: O,
  ): Promise<ClassificationBatch<O>>;
  readonly task: "text-classification";
  readonly model: ModelFacts;
  /** Frees the model once the requests made before are done. Later calls reject. */
  dispose(): Promise<void>;
}
