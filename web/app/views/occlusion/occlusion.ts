// Occlusion: each word in turn is hidden from all others, and the model is asked again. What the
// answer loses without a word is measured, not read off the attention. After Li, Monroe and
// Jurafsky, Understanding Neural Networks through Representation Erasure (2016).

import { groupsOf } from "../../state/grouping.js";
import type { Token } from "../../state/tokens.js";

/** What is asked of a model again and again. */
export interface Subject {
  tokens: readonly Token[];
  /**
   * The probability, 0 to 1, of what the model said, while no token may look at those at the
   * positions `hidden`.
   */
  scoreWithout(hidden: readonly number[], signal: AbortSignal): Promise<number>;
}

export interface Word {
  text: string;
  /** Positions of its pieces. */
  tokens: readonly number[];
  /** Which of the model's texts it is from, counted from 0: the question, or the context. */
  part: number;
}

/** Special tokens stand between the texts, and are none of theirs. */
export function wordsOf(tokens: readonly Token[]): Word[] {
  let part = 0;
  let last = -1;
  return groupsOf(tokens, { mergeWords: true, hideSpecial: true }).map((group) => {
    const isCut = last >= 0 && tokens.slice(last, group[0]).some(({ isSpecial }) => isSpecial);
    if (isCut) part += 1;
    last = group.at(-1)!;
    return {
      text: group
        .map((i) => tokens[i]!.surface)
        .join("")
        .trim(),
      tokens: group,
      part,
    };
  });
}

export interface Occluded {
  /** The probability with all words. */
  full: number;
  words: readonly Word[];
  /** By how much it changes without each word, -1 to 1; as far as they are measured. */
  changes: readonly number[];
}

/** Everything that is known after each word; the last one is complete. */
export async function* occlude(subject: Subject, signal: AbortSignal): AsyncGenerator<Occluded> {
  const words = wordsOf(subject.tokens);
  const full = await subject.scoreWithout([], signal);
  const changes: number[] = [];
  yield { full, words, changes: [] };
  for (const word of words) {
    changes.push((await subject.scoreWithout(word.tokens, signal)) - full);
    yield { full, words, changes: [...changes] };
  }
}

const kLeastExtent = 0.02; // where nothing changes the answer much, noise is not made to look like a lot

/** The change that has the full colour. */
export function extentOf(changes: readonly number[]): number {
  return changes.reduce((most, change) => Math.max(most, Math.abs(change)), kLeastExtent);
}

/** Indices of the words that change the answer most, largest change first. */
export function strongest(changes: readonly number[], count: number): number[] {
  return Array.from(changes.keys())
    .sort((a, b) => Math.abs(changes[b]!) - Math.abs(changes[a]!))
    .slice(0, count);
}

/** How much of the colour the largest change has, in per cent: the text on it stays readable. */
export function fullestShare(isDark: boolean): number {
  return isDark ? 48 : 62;
}
