// What text classification takes and gives. Results are shaped as those of Hugging Face; what else
// is known of a text (its tokens, its attention) is added to the array as properties, as `index` is
// to a RegExp match.

import type { Facts, TraceOptions } from "./facts-types.js";
import type { PipelineBase } from "./make-pipeline.js";

/** A text, or two that belong together, such as a premise and a hypothesis. */
export type ClassificationInput = string | { text: string; text_pair?: string };

export interface ClassificationOptions extends TraceOptions {
  /** How many labels, best first; null for all. Default 1. */
  top_k?: number | null;
}

export interface LabelScore {
  label: string;
  /** A probability, 0 to 1. */
  score: number;
}

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

export interface TextClassificationPipeline extends PipelineBase<"text-classification"> {
  <const O extends ClassificationOptions>(
    input: ClassificationInput,
    options?: O,
  ): Promise<Classification<O>>;
  <const O extends ClassificationOptions>(
    inputs: readonly ClassificationInput[],
    options?: O,
  ): Promise<ClassificationBatch<O>>;
}
