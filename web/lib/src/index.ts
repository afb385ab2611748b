// The package's public face. Nothing else may be imported from outside.

export { env, type Env } from "./env.js";
export { GlassformerError, type ErrorCode } from "./errors.js";
export { isolate } from "./isolation/isolate.js";
export { pipeline, type Dtype, type PipelineOptions } from "./pipeline.js";
export type { ModelFacts } from "./pipelines/model-facts.js";
export type { EngineFacts } from "./worker/engine-choice.js";
export type {
  FeatureBatch,
  FeatureExtractionOptions,
  FeatureExtractionPipeline,
  FeatureResult,
} from "./pipelines/feature-extraction.js";
export type {
  FillMaskOptions,
  FillMaskPipeline,
  FillMaskResult,
  MaskFilling,
} from "./pipelines/fill-mask.js";
export type {
  EntityGroup,
  TokenClassificationOptions,
  TokenClassificationPipeline,
  TokenClassificationResult,
  TokenEntity,
} from "./pipelines/token-classification.js";
export type { AttentionKind } from "./seam.js";
export type {
  Answer,
  AnswerFacts,
  AnswerOptions,
  AnswerResult,
  QuestionAnsweringPipeline,
  QuestionInput,
  SpanScoreFacts,
} from "./pipelines/question-answering-types.js";
export type { PipelineByTask, TaskName } from "./pipelines/registry.js";
export type {
  Classification,
  ClassificationBatch,
  ClassificationInput,
  ClassificationOptions,
  LabelScore,
  TextClassificationPipeline,
} from "./pipelines/text-classification-types.js";
export type {
  AttentionFacts,
  HeadPlace,
  HiddenStateFacts,
  InspectedHead,
  InspectFacts,
  ReplacedAttention,
  TextFacts,
  TokenFacts,
  TraceOptions,
} from "./pipelines/facts-types.js";
export type {
  GeneratedTextResult,
  GenerationOptions,
  GenerationParameters,
  GenerationStep,
  GenerationStream,
  SentenceResult,
  SentenceStep,
  SequenceTraceFacts,
  SummarizationPipeline,
  SummarizationResult,
  Text2TextGenerationPipeline,
  TextGenerationOptions,
  TextGenerationPipeline,
  TranslationPipeline,
  TranslationResult,
} from "./pipelines/generation-types.js";
export { TextStreamer } from "./pipelines/text-streamer.js";
export type { Candidate, StepHypothesis } from "./worker/api.js";
export type { ByteCount, ProgressCallback, ProgressInfo, WarningCode } from "./progress.js";
export type { Tensor } from "./tensor.js";
