// Which words of a translation are from which words of the source, read off the cross-attention:
// the decoder looks at the source when it chooses a token. After Bahdanau, Cho and Bengio (2015),
// section 5.2.2.

import { headWeights } from "../../state/attention-view.js";
import { groupsOf, mergeWeights, type Group } from "../../state/grouping.js";
import type { Token } from "../../state/tokens.js";
import type { Attention } from "../../state/trace.js";
import type { Head } from "../../state/view-state.js";

export interface Alignment {
  /** Words, without special tokens. */
  source: readonly string[];
  target: readonly string[];
  /** Best first for each target word, in the order of the target. */
  links: readonly Link[];
}

export interface Link {
  source: number;
  target: number;
  /** Of all that the target word takes from words, 0 to 1. */
  share: number;
  isBest: boolean;
}

const kLeastShare = 0.2; // fainter links are not drawn, unless there is no stronger one

/** What the alignment is read off. */
export interface AlignmentPlace {
  layer: number;
  head: Head;
}

/**
 * What was wished for, as far as the model has it; without a wish the last layer: it chooses the
 * words, and knows best where they are from.
 */
export function alignmentPlace(
  { layers, heads }: Pick<Attention, "layers" | "heads">,
  layer: number | null,
  head: Head,
): AlignmentPlace {
  return {
    layer: Math.min(layer ?? layers - 1, layers - 1),
    head: typeof head === "number" ? Math.min(head, heads - 1) : head,
  };
}

/**
 * `written`: all tokens of the target, from the decoder's first. Row i of the cross-attention is
 * that of the step which chose token i + 1. `mergeWords`: pieces of a word are one.
 */
export function alignmentOf(
  cross: Attention,
  written: readonly Token[],
  { layer, head }: AlignmentPlace,
  mergeWords: boolean,
): Alignment {
  const chosen = written.slice(1, cross.queries.length + 1);
  const [targets, sources] = [wordsOf(chosen, mergeWords), wordsOf(cross.keys, mergeWords)];
  const weights = headWeights(cross, layer, head);
  const merged = mergeWeights(weights, cross.keys.length, targets, sources);
  const links = targets.flatMap((_, target) =>
    linksOf(merged.subarray(target * sources.length, (target + 1) * sources.length), target),
  );
  const source = sources.map((group) => textOf(cross.keys, group));
  return { source, target: targets.map((group) => textOf(chosen, group)), links };
}

/** A piece that stands for a blank alone is no word. */
function wordsOf(tokens: readonly Token[], mergeWords: boolean): Group[] {
  const groups = groupsOf(tokens, { mergeWords, hideSpecial: true });
  return groups.filter((group) => textOf(tokens, group) !== "");
}

function textOf(tokens: readonly Token[], group: Group): string {
  return group
    .map((i) => tokens[i]!.surface)
    .join("")
    .trim();
}

function linksOf(row: Float32Array, target: number): Link[] {
  const sum = row.reduce((total, weight) => total + weight, 0);
  if (sum <= 0) return [];
  return Array.from(row, (weight, source) => ({ source, target, share: weight / sum }))
    .sort((a, b) => b.share - a.share)
    .map((link, rank) => ({ ...link, isBest: rank === 0 }))
    .filter(({ isBest, share }) => isBest || share >= kLeastShare);
}
