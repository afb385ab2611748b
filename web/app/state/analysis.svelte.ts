// What the model makes of the text. The newest text wins: an older request is aborted, and its
// answer never shown.

import type { LabelScore, Tensor, TextClassificationPipeline } from "glassformer";
import { problemOf, type Problem } from "./model.svelte.js";

export interface Token {
  text: string;
  isSpecial: boolean;
}

export interface Reading {
  /** Best first, all of them. */
  labels: LabelScore[];
  /** Tokens that were left out. */
  truncated: number;
  tokens: Token[];
  /** One per layer: [1, heads, n, n]. */
  attentions: Tensor[];
}

export class Analysis {
  reading = $state.raw<Reading | null>(null);
  problem = $state.raw<Problem | null>(null);
  #controller = new AbortController();

  async run(classify: TextClassificationPipeline, text: string): Promise<void> {
    this.#controller.abort();
    const { signal } = (this.#controller = new AbortController());
    try {
      const reading = await read(classify, text, signal);
      if (signal.aborted) return;
      this.reading = reading;
      this.problem = null;
    } catch (thrown) {
      if (!signal.aborted) this.problem = problemOf(thrown);
    }
  }
}

async function read(
  classify: TextClassificationPipeline,
  text: string,
  signal: AbortSignal,
): Promise<Reading> {
  const result = await classify(text, { top_k: null, output_attentions: true, signal });
  const { truncated, attentions, special } = result;
  const tokens = result.tokens.map((token, i) => ({ text: token, isSpecial: special[i]! }));
  return { labels: [...result], truncated, tokens, attentions };
}
