// Feature extraction: a text as vectors.

import type { ModelLease } from "../client/model-lease.js";
import type { Tensor } from "../tensor.js";
import type { RunAnswer } from "../worker/api.js";
import { factsOf } from "./facts.js";
import type { Facts, TraceOptions } from "./facts-types.js";
import type { PipelineBase } from "./make-pipeline.js";
import type { ModelFacts } from "./model-facts.js";
import { createTextPipeline } from "./text-pipeline.js";

export interface FeatureExtractionOptions extends TraceOptions {
  /** One vector for the text: the mean over its tokens, or that of the first. Default "none". */
  pooling?: "none" | "mean" | "cls";
  /** Every vector to length 1. Default false. */
  normalize?: boolean;
}

/** [1, tokens, d_model], or [1, d_model] when pooled. */
export type FeatureResult<O = object> = Tensor & Facts<O>;

/** Of several texts: one tensor [texts, d_model] when pooled, else one for each. */
export type FeatureBatch<O = object> = O extends { pooling: "mean" | "cls" }
  ? Tensor & { details: Facts<O>[] }
  : FeatureResult<O>[];

export interface FeatureExtractionPipeline extends PipelineBase<"feature-extraction"> {
  <const O extends FeatureExtractionOptions>(text: string, options?: O): Promise<FeatureResult<O>>;
  <const O extends FeatureExtractionOptions>(
    texts: readonly string[],
    options?: O,
  ): Promise<FeatureBatch<O>>;
}

export function createFeatureExtraction(
  model: ModelFacts,
  lease: ModelLease,
): FeatureExtractionPipeline {
  const task = {
    task: "feature-extraction" as const,
    options: ["pooling", "normalize"],
    resultOf: (answer: RunAnswer, options: FeatureExtractionOptions): FeatureResult =>
      Object.assign({ ...answer.tensors["features"]! }, factsOf(answer, options)),
    batchOf: (results: FeatureResult[], { pooling = "none" }: FeatureExtractionOptions) =>
      pooling === "none" ? results : stack(results),
  };
  return createTextPipeline(task, model, lease) as unknown as FeatureExtractionPipeline;
}

/** Vectors [1, d_model] as one tensor [texts, d_model]. */
function stack(vectors: FeatureResult[]): Tensor & { details: object[] } {
  const width = vectors[0]?.dims[1] ?? 0;
  const data = new Float32Array(vectors.length * width);
  for (const [i, vector] of vectors.entries()) data.set(vector.data, i * width);
  const details = vectors.map((vector) => {
    const isFact = ([name]: [string, unknown]) => name !== "data" && name !== "dims";
    return Object.fromEntries(Object.entries(vector).filter(isFact));
  });
  return { data, dims: [vectors.length, width], details };
}
