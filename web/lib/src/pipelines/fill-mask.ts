// Fill-mask: which token stands in the place of [MASK], and how sure.

import type { ModelLease } from "../client/model-lease.js";
import type { RunAnswer } from "../worker/api.js";
import { factsOf } from "./facts.js";
import type { Facts, TraceOptions } from "./facts-types.js";
import type { PipelineBase } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import { createTextPipeline } from "./text-pipeline.js";

export interface FillMaskOptions extends TraceOptions {
  /** How many tokens for each mask, best first. Default 5. */
  top_k?: number;
  /** Choose among these alone; a text that is no token counts as its first. */
  targets?: string | string[];
}

export interface MaskFilling {
  /** A probability over the whole vocabulary, 0 to 1. */
  score: number;
  /** Its id. */
  token: number;
  token_str: string;
  /** The text with the token in place. */
  sequence: string;
}

/** The fillings of a text's mask; of several masks an array for each, in order. */
export type FillMaskResult<O = object> = (MaskFilling[] | MaskFilling[][]) & Facts<O>;

export interface FillMaskPipeline extends PipelineBase<"fill-mask"> {
  <const O extends FillMaskOptions>(text: string, options?: O): Promise<FillMaskResult<O>>;
  <const O extends FillMaskOptions>(
    texts: readonly string[],
    options?: O,
  ): Promise<FillMaskResult<O>[]>;
}

export function createFillMask(model: ModelFacts, lease: ModelLease): FillMaskPipeline {
  const task = {
    task: "fill-mask" as const,
    options: ["top_k", "targets"],
    resultOf: (answer: RunAnswer, options: FillMaskOptions) =>
      Object.assign(answer.output as MaskFilling[], factsOf(answer, options)),
  };
  return createTextPipeline(task, model, lease) as unknown as FillMaskPipeline;
}
