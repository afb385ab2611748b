// The tabs of the page, one line each: what runs, and the panel that shows it.

import type { Component } from "svelte";
import type { AppState } from "../state/app-state.svelte.js";
import { Catalogue } from "../state/catalogue.svelte.js";
import type { Runner } from "../state/task-run.svelte.js";
import { kTasks, type TaskId } from "../state/view-state.js";
import { writingRun } from "./generate/reading.js";
import GenerateTask from "./generate/GenerateTask.svelte";
import type { TaskProps } from "./props.js";
import { qaRun } from "./qa/reading.js";
import QaTask from "./qa/QaTask.svelte";
import { sentimentModel } from "./sentiment/models.js";
import { sentimentRun } from "./sentiment/reading.js";
import SentimentTask from "./sentiment/SentimentTask.svelte";
import { translationRun } from "./translation/reading.js";
import TranslationTask from "./translation/TranslationTask.svelte";

/** Models and answers outlive the panel: a tab is as it was when one comes back to it. */
export class Runs {
  readonly catalogue = new Catalogue();
  readonly qa = qaRun();
  /** By model. */
  readonly sentiment = remember(sentimentRun);
  /** The text that another is compared with. */
  readonly compared = remember((model) => this.sentiment(model).beside());
  readonly translation = remember(translationRun);
  readonly writing = remember(writingRun);
}

interface TaskEntry {
  Panel: Component<TaskProps>;
  runOf: (runs: Runs, app: AppState) => Runner<never>;
  /** The model that a tab needs; a site without it does not offer the tab. */
  modelOf?: (app: AppState) => string;
}

export const kTaskEntries: Record<TaskId, TaskEntry> = {
  sentiment: {
    Panel: SentimentTask,
    runOf: (runs, app) => runs.sentiment(sentimentModel(app.text, runs.catalogue)),
  },
  qa: { Panel: QaTask, runOf: (runs) => runs.qa },
  translation: {
    Panel: TranslationTask,
    runOf: (runs, app) => runs.translation(app.translator),
    modelOf: (app) => app.translator,
  },
  generate: {
    Panel: GenerateTask,
    runOf: (runs, app) => runs.writing(app.writer),
    modelOf: (app) => app.writer,
  },
};

/** The open one is always among them: a link may have asked for it. */
export function offeredTasks(runs: Runs, app: AppState): TaskId[] {
  return kTasks.filter((task) => {
    const model = kTaskEntries[task].modelOf?.(app);
    return task === app.task || model === undefined || runs.catalogue.has(model);
  });
}

function remember<Run>(create: (id: string) => Run): (id: string) => Run {
  const known = new Map<string, Run>();
  return (id) => {
    const run = known.get(id) ?? create(id);
    known.set(id, run);
    return run;
  };
}
