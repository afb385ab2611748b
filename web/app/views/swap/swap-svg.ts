// A text with two words in each other's place, and the answer before and after, as a picture and as
// numbers.

import type { Messages } from "../../i18n/messages.js";
import { around, joined, unswapped, type SwappedPart } from "../../state/swap.js";
import { numbersOf, type Outcomes } from "../export/outcome.js";
import { pairSvg } from "../export/pair-svg.js";
import type { Look } from "../export/palette.js";

export interface Swapped {
  /** Of the changed text. */
  parts: readonly SwappedPart[];
  outcomes: Outcomes;
}

export function swapSvg({ parts, outcomes }: Swapped, look: Look, messages: Messages): string {
  const before = { title: messages.asItIs, text: around(unswapped(parts)) };
  const after = { title: messages.swapped, text: around(parts) };
  return pairSvg(
    [],
    [
      { ...before, outcome: outcomes.before },
      { ...after, outcome: outcomes.after },
    ],
    look,
  );
}

export function swapJson({ parts, outcomes }: Swapped): string {
  const before = unswapped(parts);
  return JSON.stringify({
    swapped: before.filter(({ isMoved }) => isMoved).map(({ text }) => text),
    before: { text: joined(before), ...numbersOf(outcomes.before) },
    after: { text: joined(parts), ...numbersOf(outcomes.after) },
  });
}
