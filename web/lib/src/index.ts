// The package's public face. Nothing else may be imported from outside.

export { env, type Env } from "./env.js";
export { GlassformerError, type ErrorCode } from "./errors.js";
export { pipeline, type Dtype, type PipelineOptions } from "./pipeline.js";
export type { ModelFacts } from "./pipelines/model-facts.js";
export type { PipelineByTask, TaskName } from "./pipelines/registry.js";
export type {
  AttentionFacts,
  Classification,
  ClassificationBatch,
  ClassificationInput,
  ClassificationOptions,
  HiddenStateFacts,
  TextClassificationPipeline,
  TextFacts,
  TokenFacts,
} from "./pipelines/text-classification-types.js";
export type { ByteCount, ProgressCallback, ProgressInfo, WarningCode } from "./progress.js";
export type { LabelScore } from "./seam.js";
export type { Tensor } from "./tensor.js";
