// What a model said, in short: for a picture, and as numbers.

import type { Palette } from "./palette.js";

export interface Score {
  /** As the engine calls it. */
  name: string;
  value: number;
  /** The name and the value as the page writes them. */
  label: string;
  written: string;
  /** The colour of its bar; null: it has none, as the value is no share. */
  paint: keyof Palette | null;
}

export interface Outcome {
  said: string;
  /** In the order of the page. */
  scores: readonly Score[];
}

export interface Outcomes {
  before: Outcome;
  after: Outcome;
}

const kPaints: Readonly<Record<string, keyof Palette>> = {
  POSITIVE: "positive",
  NEGATIVE: "negative",
};

/** The colour of a label's bar, as in the page. */
export function paintOf(label: string): keyof Palette {
  return kPaints[label] ?? "accent";
}

export function numbersOf({ said, scores }: Outcome) {
  return { said, scores: scores.map(({ name, value }) => ({ name, value })) };
}
