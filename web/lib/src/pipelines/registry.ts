// Every task that `pipeline()` knows, one line each.

import type { ModelLease } from "../client/model-lease.js";
import type { ModelFacts } from "./model-facts.js";
import type { TextClassificationPipeline } from "./text-classification-types.js";
import { createTextClassification } from "./text-classification.js";

/** The name of a task, or an alias of it, and the pipeline that it makes. */
export interface PipelineByTask {
  "text-classification": TextClassificationPipeline;
  "sentiment-analysis": TextClassificationPipeline;
}

export type TaskName = keyof PipelineByTask;

export interface TaskEntry {
  names: readonly TaskName[];
  /** The engine's name for it. */
  task: string;
  defaultModel: string;
  create: (model: ModelFacts, lease: ModelLease) => PipelineByTask[TaskName];
}

export const kTasks: readonly TaskEntry[] = [
  {
    names: ["text-classification", "sentiment-analysis"],
    task: "text-classification",
    defaultModel: "sentiment-en",
    create: createTextClassification,
  },
];
