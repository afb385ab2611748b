// Translation as the page asks for it: the best few, every step with its candidates, all attention.

import { pipeline, type TranslationPipeline } from "glassformer";
import { readingOf } from "../generation/reading.js";
import { GenerationRun } from "../generation/run.svelte.js";

const kCandidates = 6;

export interface TranslationInput {
  text: string;
  beams: number;
}

export type TranslationRun = GenerationRun<TranslationPipeline, TranslationInput>;

export function translationRun(model: string): TranslationRun {
  return new GenerationRun(
    (options) => pipeline("translation", model, options),
    async (translate, { text, beams }, more) => {
      const results = await translate(text, {
        num_beams: beams,
        num_return_sequences: beams,
        output_candidates: kCandidates,
        output_attentions: true,
        output_hidden_states: true,
        ...more,
      });
      return readingOf(results, (result) => result.translation_text);
    },
  );
}
