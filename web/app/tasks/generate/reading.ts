// Text generation as the page asks for it: one text, every step with its candidates, all attention.

import { pipeline, type TextGenerationPipeline } from "glassformer";
import { readingOf } from "../generation/reading.js";
import { GenerationRun } from "../generation/run.svelte.js";

const kCandidates = 6;

export interface WritingInput {
  prompt: string;
  /** false: always the likeliest token. */
  samples: boolean;
  temperature: number;
  seed: number;
  /** In tokens. */
  length: number;
}

export type WritingRun = GenerationRun<TextGenerationPipeline, WritingInput>;

export function writingRun(model: string): WritingRun {
  return new GenerationRun(
    (options) => pipeline("text-generation", model, options),
    async (write, { prompt, samples, temperature, seed, length }, more) => {
      const results = await write(prompt, {
        max_new_tokens: length,
        ...(samples ? { do_sample: true, temperature, seed } : { do_sample: false }),
        output_candidates: kCandidates,
        output_attentions: true,
        output_hidden_states: true,
        ...more,
      });
      const reading = readingOf(results, (result) => result.generated_text.slice(prompt.length));
      return reading;
    },
  );
}
