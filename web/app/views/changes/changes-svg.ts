// What is changed, and the answer before and after, as a picture and as numbers.

import type { Messages } from "../../i18n/messages.js";
import { whichHead } from "../../i18n/which-head.js";
import type { Changes } from "../../state/changes.js";
import type { Token } from "../../state/tokens.js";
import { numbersOf, type Outcomes } from "../export/outcome.js";
import { pairSvg } from "../export/pair-svg.js";
import type { Look } from "../export/palette.js";
import { plain } from "../export/wrap.js";

const kBetween = " · "; // heads and tokens in a list

export interface Changed {
  changes: Changes;
  /** The tokens that can be hidden. */
  hideable: readonly Token[];
  outcomes: Outcomes;
}

/** `isOneKind`: the model has one attention, which needs no name. */
export function changesSvg(
  { changes, hideable, outcomes }: Changed,
  isOneKind: boolean,
  look: Look,
  messages: Messages,
): string {
  const heads = changes.heads.map(({ kind, layer, head }) => {
    const which = whichHead(messages, layer, head);
    return isOneKind ? which : messages.pictureTitle(messages.attentionKinds[kind], which);
  });
  const tokens = changes.tokens.map((token) => hideable[token]!.text);
  const inWords = (names: readonly string[]) => names.join(kBetween) || "0";
  const note = plain(messages.changeCount(inWords(heads), inWords(tokens)));
  const before = { title: messages.asItIs, text: [], outcome: outcomes.before };
  const after = { title: messages.changed, text: [], outcome: outcomes.after };
  return pairSvg(note, [before, after], look);
}

/** Layers, heads and tokens count from 1, as in links. */
export function changesJson({ changes, hideable, outcomes }: Changed): string {
  return JSON.stringify({
    headsOff: changes.heads.map(({ kind, layer, head }) => ({
      attention: kind,
      layer: layer + 1,
      head: head + 1,
    })),
    tokensHidden: changes.tokens.map((token) => ({
      token: token + 1,
      text: hideable[token]!.text,
    })),
    before: numbersOf(outcomes.before),
    after: numbersOf(outcomes.after),
  });
}
