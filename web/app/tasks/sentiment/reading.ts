// Sentiment analysis as the page asks for it: all labels, and the attention.

import { pipeline, type LabelScore, type TextClassificationPipeline } from "glassformer";
import { kNoChanges, maskOptions, type Changes } from "../../state/changes.js";
import { TaskRun } from "../../state/task-run.svelte.js";
import { tokensOf, type Token } from "../../state/tokens.js";
import { selfAttention, type Trace } from "../../state/trace.js";
import type { Subject } from "../../views/occlusion/occlusion.js";
import type { Stoppable } from "../../views/stopped/stopped.js";

export interface Reading {
  /** What was read: the text of the page may be newer. */
  text: string;
  /** Best first, all of them. */
  labels: LabelScore[];
  tokens: readonly Token[];
  /** Tokens that were left out. */
  truncated: number;
  trace: Trace;
}

export type SentimentRun = TaskRun<TextClassificationPipeline, string, Reading>;

export function sentimentRun(model: string): SentimentRun {
  return new TaskRun(
    (options) => pipeline("sentiment-analysis", model, options),
    (classify, text, signal) => read(classify, text, kNoChanges, signal),
  );
}

export async function read(
  classify: TextClassificationPipeline,
  text: string,
  changes: Changes,
  signal: AbortSignal,
): Promise<Reading> {
  const wish = { top_k: null, output_attentions: true, ...maskOptions(changes) } as const;
  const result = await classify(text, { ...wish, signal });
  const tokens = tokensOf(result, () => text);
  const states = async (signal: AbortSignal) => {
    const wish = { output_hidden_states: true, ...maskOptions(changes) } as const;
    return (await classify(text, { ...wish, signal })).hidden_states;
  };
  const trace = [selfAttention(tokens, result.attentions, states)];
  return { text, labels: [...result], tokens, truncated: result.truncated, trace };
}

/** What is asked again with words hidden: how likely the label is that won. */
export function subjectOf(
  classify: TextClassificationPipeline,
  { text, tokens, labels }: Reading,
): Subject {
  const said = labels[0]!.label;
  return {
    tokens,
    scoreWithout: async (hidden, signal) => {
      const mask_tokens = [...hidden];
      const scores = await classify(text, { top_k: null, mask_tokens, signal });
      return scores.find(({ label }) => label === said)!.score;
    },
  };
}

/** What is asked again without the last layers: all labels. */
export function stoppableOf(
  classify: TextClassificationPipeline,
  { text, labels, trace }: Reading,
): Stoppable<readonly LabelScore[]> {
  return {
    layers: trace[0]!.layers,
    full: labels,
    answerWithout: (skip_layers, signal) => classify(text, { top_k: null, skip_layers, signal }),
  };
}
