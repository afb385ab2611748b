// What is asked of question answering again, with words hidden: how likely the answer is that it
// gave.

import type { QuestionAnsweringPipeline } from "glassformer";
import { kNoChanges } from "../../state/changes.js";
import type { Subject } from "../../views/occlusion/occlusion.js";
import { edgesOf, isWhole, windowOf, type Place } from "./places.js";
import { read, type QaReading } from "./reading.js";

/** A pass can only be changed where the text fits in it: of a longer one, the part that was read. */
export async function prepareSubject(
  answer: QuestionAnsweringPipeline,
  reading: QaReading,
  said: Place,
  signal: AbortSignal,
): Promise<Subject> {
  if (isWhole(reading)) return subjectOf(answer, reading, said);
  const window = windowOf(reading);
  const { question, context } = reading.input;
  const input = { question, context: context.slice(window.start, window.end) };
  const part = await read(answer, input, kNoChanges, signal);
  const shift = said.end > said.start ? window.start : 0;
  const place = { start: said.start - shift, end: said.end - shift };
  return subjectOf(answer, part, place);
}

function subjectOf(answer: QuestionAnsweringPipeline, reading: QaReading, said: Place): Subject {
  const { first, last } = edgesOf(reading, said);
  const { input, tokens } = reading;
  return {
    tokens,
    scoreWithout: async (hidden, signal) => {
      const result = await answer(input, {
        handle_impossible_answer: true,
        output_scores: true,
        mask_tokens: [...hidden],
        signal,
      });
      return sumAt(result.start_scores, first) * sumAt(result.end_scores, last);
    },
  };
}

function sumAt(scores: Float32Array, indices: readonly number[]): number {
  return indices.reduce((sum, i) => sum + scores[i]!, 0);
}
