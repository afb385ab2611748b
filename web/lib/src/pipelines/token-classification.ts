// Token classification: named entities, parts of speech, with their places in the text.

import type { ModelLease } from "../client/model-lease.js";
import type { RunAnswer } from "../worker/api.js";
import { factsOf } from "./facts.js";
import type { Facts, TraceOptions } from "./facts-types.js";
import type { PipelineBase } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import { createTextPipeline } from "./text-pipeline.js";

export interface TokenClassificationOptions extends TraceOptions {
  /**
   * "none": every token by itself. "simple": neighbours of one label together. "first", "average",
   * "max": the same for whole words, labelled by their first token, by the mean of its tokens'
   * scores, or by the surest token. Default "none".
   */
  aggregation_strategy?: "none" | "simple" | "first" | "average" | "max";
  /** Labels that are left out. Default ["O"]. */
  ignore_labels?: string[];
}

interface Stretch {
  /** A probability, 0 to 1. */
  score: number;
  word: string;
  /** Half-open in the text, in UTF-16 code units: `text.slice(start, end)`. */
  start: number;
  end: number;
}

export interface TokenEntity extends Stretch {
  entity: string;
  /** Position of the token. */
  index: number;
}

export interface EntityGroup extends Stretch {
  entity_group: string;
}

/** Entities in the text's order. */
export type TokenClassificationResult<O = object> = (O extends {
  aggregation_strategy: "simple" | "first" | "average" | "max";
}
  ? EntityGroup[]
  : TokenEntity[]) &
  Facts<O>;

export interface TokenClassificationPipeline extends PipelineBase<"token-classification"> {
  <const O extends TokenClassificationOptions>(
    text: string,
    options?: O,
  ): Promise<TokenClassificationResult<O>>;
  <const O extends TokenClassificationOptions>(
    texts: readonly string[],
    options?: O,
  ): Promise<TokenClassificationResult<O>[]>;
}

export function createTokenClassification(
  model: ModelFacts,
  lease: ModelLease,
): TokenClassificationPipeline {
  const task = {
    task: "token-classification" as const,
    options: ["aggregation_strategy", "ignore_labels"],
    resultOf: (answer: RunAnswer, options: TokenClassificationOptions) =>
      Object.assign(answer.output as TokenEntity[], factsOf(answer, options)),
  };
  return createTextPipeline(task, model, lease) as unknown as TokenClassificationPipeline;
}
