// What is asked of a model that writes again, with its decoder stopped early: the text that it writes
// then.

import type { GenerationOptions } from "glassformer";
import type { Stoppable } from "../../views/stopped/stopped.js";
import type { GenerationReading } from "./reading.js";

/**
 * A decoder that is stopped early may never come to an end: it gets room for a text of twice the
 * length, and some.
 */
const kLongerAtMost = 2;
const kSpareTokens = 8;

/** Generates once more: from all of the input, or from one sentence of it. */
export type Again = (options: GenerationOptions, sentence?: string) => Promise<GenerationReading>;

/** `length`: how many tokens it may write; null: as many as the text that it wrote asks for. */
export function stoppableOf(
  { outputs, sentences }: GenerationReading,
  again: Again,
  length: number | null,
): Stoppable<string> | null {
  const decoder = sentences[0]?.trace?.find(({ kind }) => kind === "decoder");
  if (!decoder) return null;
  const longest = Math.max(...sentences.map(({ written }) => written.length));
  const max_new_tokens = length ?? kLongerAtMost * longest + kSpareTokens;
  return {
    layers: decoder.layers,
    full: outputs[0]!.text,
    answerWithout: async (skip_layers, signal) => {
      const traces = { output_attentions: false, output_hidden_states: false };
      const candidates = { output_candidates: 0, num_return_sequences: 1 };
      const stopped = { skip_layers, max_new_tokens, signal };
      const reading = await again({ ...traces, ...candidates, ...stopped });
      return reading.outputs[0]!.text;
    },
  };
}
