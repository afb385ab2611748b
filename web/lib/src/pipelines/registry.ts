// Every task that `pipeline()` knows, one line each.

import type { ModelLease } from "../client/model-lease.js";
import { createGeneration, type GenerationKind } from "./generation.js";
import type {
  SummarizationPipeline,
  Text2TextGenerationPipeline,
  TextGenerationPipeline,
  TranslationPipeline,
} from "./generation-types.js";
import type { ModelFacts } from "./model-facts.js";
import { createFeatureExtraction, type FeatureExtractionPipeline } from "./feature-extraction.js";
import { createFillMask, type FillMaskPipeline } from "./fill-mask.js";
import type { QuestionAnsweringPipeline } from "./question-answering-types.js";
import { createQuestionAnswering } from "./question-answering.js";
import type { TextClassificationPipeline } from "./text-classification-types.js";
import { createTextClassification } from "./text-classification.js";
import {
  createTokenClassification,
  type TokenClassificationPipeline,
} from "./token-classification.js";

/** The name of a task, or an alias of it, and the pipeline that it makes. */
export interface PipelineByTask {
  "text-classification": TextClassificationPipeline;
  "sentiment-analysis": TextClassificationPipeline;
  "question-answering": QuestionAnsweringPipeline;
  translation: TranslationPipeline;
  /** "translation_zh_to_en": the model is chosen by its languages. */
  [translation: `translation_${string}_to_${string}`]: TranslationPipeline;
  summarization: SummarizationPipeline;
  "text2text-generation": Text2TextGenerationPipeline;
  "text-generation": TextGenerationPipeline;
  "fill-mask": FillMaskPipeline;
  "feature-extraction": FeatureExtractionPipeline;
  "token-classification": TokenClassificationPipeline;
  ner: TokenClassificationPipeline;
}

export type TaskName = keyof PipelineByTask;

export interface TaskEntry {
  names: readonly TaskName[];
  /** The task that the engine says its model is for. */
  task: string;
  /** Without one, the manifest's first model for the task. */
  defaultModel?: string;
  create: (model: ModelFacts, lease: ModelLease) => PipelineByTask[TaskName];
}

export const kTasks: readonly TaskEntry[] = [
  {
    names: ["text-classification", "sentiment-analysis"],
    task: "text-classification",
    defaultModel: "sentiment-en",
    create: createTextClassification,
  },
  {
    names: ["question-answering"],
    task: "question-answering",
    defaultModel: "qa-en",
    create: createQuestionAnswering,
  },
  generation(
    { task: "translation", field: "translation_text", splits: true },
    "text2text-generation",
  ),
  generation({ task: "summarization", field: "summary_text" }, "text2text-generation"),
  generation({ task: "text2text-generation", field: "generated_text" }, "text2text-generation"),
  generation({ task: "text-generation", field: "generated_text", nests: true }, "text-generation"),
  { names: ["fill-mask"], task: "fill-mask", create: createFillMask },
  { names: ["feature-extraction"], task: "feature-extraction", create: createFeatureExtraction },
  {
    names: ["token-classification", "ner"],
    task: "token-classification",
    create: createTokenClassification,
  },
];

function generation(kind: GenerationKind, task: string): TaskEntry {
  const create: TaskEntry["create"] = (model, lease) =>
    // The types say which input gives which result; the compiler cannot follow that through one
    // function.
    createGeneration(kind, model, lease) as unknown as PipelineByTask[TaskName];
  return { names: [kind.task], task, create };
}
