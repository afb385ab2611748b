// The logit lens: what the model would say if its network ended after each layer. The layers behind
// hand on what they get, and the part that reads off the answer does so from there. After
// nostalgebraist, interpreting GPT: the logit lens (2020).

import type { Messages } from "../../i18n/messages.js";

/** A model that can be asked again without its last layers. */
export interface Stoppable<Answer> {
  /** How many layers can be left out: an encoder-decoder's are its decoder's. */
  layers: number;
  /** What it says with all of them. */
  full: Answer;
  /** What it says while it skips these. */
  answerWithout: (layers: number[], signal: AbortSignal) => Promise<Answer>;
}

/** As the page shows it. */
export interface StoppedRow {
  text: string;
  lang: string | undefined;
  /** The probability, 0 to 1; null where there is none. */
  score: number | null;
  /** What all of the probability goes to, as far as it is shown. */
  shares: readonly { name: string; share: number }[];
}

/** The answers after 0, 1, 2, ... layers, as far as they are known; the last one has them all. */
export async function* stopEarly<Answer>(
  { layers, full, answerWithout }: Stoppable<Answer>,
  signal: AbortSignal,
): AsyncGenerator<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let count = 0; count < layers; count += 1) {
    answers.push(await answerWithout(layersFrom(count, layers), signal));
    yield [...answers];
  }
  yield [...answers, full];
}

function layersFrom(first: number, layers: number): number[] {
  return Array.from({ length: layers - first }, (_, i) => first + i);
}

/** The number of layers after which the answer is the last one, and stays so. */
export function settledAfter(answers: readonly string[]): number {
  const other = answers.findLastIndex((answer) => answer !== answers.at(-1));
  return other + 1;
}

/** What is special about a number of layers; "" for most. */
export function stopRemark(messages: Messages, count: number, layers: number): string {
  if (count === 0) return messages.onlyEmbeddings;
  return count === layers ? messages.wholeModel : "";
}
