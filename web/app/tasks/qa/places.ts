// Places in a context, in characters, and the tokens that stand there.

import type { Answer } from "glassformer";
import type { QaReading } from "./reading.js";

export type Place = Pick<Answer, "start" | "end">;
type Tokens = Pick<QaReading, "tokens" | "offsets" | "isContext">;

/** The part of the context that the tokens are from. */
export function windowOf({ offsets, isContext }: Tokens): Place {
  const inContext = offsets.filter((_, i) => isContext[i]);
  return { start: inContext[0]?.[0] ?? 0, end: inContext.at(-1)?.[1] ?? 0 };
}

/** Whether the tokens are of all the context, and not of one window of it. */
export function isWhole(reading: Tokens & { input: { context: string } }): boolean {
  const { context } = reading.input;
  const { start, end } = windowOf(reading);
  return (context.slice(0, start) + context.slice(end)).trim() === "";
}

/**
 * The tokens of the answer's first word, and of its last. Answers are widened to whole words, so
 * that the model may mean any piece of them. No answer: the first token, which stands for it.
 */
export function edgesOf(
  { tokens, offsets, isContext }: Tokens,
  { start, end }: Place,
): { first: number[]; last: number[] } {
  const inside = Array.from(tokens.keys()).filter(
    (i) => isContext[i] && offsets[i]![1] > start && offsets[i]![0] < end,
  );
  const [from, to] = [inside[0], inside.at(-1)];
  if (from === undefined || to === undefined) return { first: [0], last: [0] };
  const ofWord = (token: number) => inside.filter((i) => tokens[i]!.word === tokens[token]!.word);
  return { first: ofWord(from), last: ofWord(to) };
}
