// Two texts: how far their verdicts are apart, and both as numbers to take away.

import type { LabelScore } from "glassformer";
import { rowOf, type AttentionView } from "../../state/attention-view.js";

export interface Move {
  label: string;
  /** -1 to 1 */
  change: number;
}

/**
 * By how much the first text's own label is likelier in the second; null: the second text was read
 * by a model that does not know the label.
 */
export function moveBetween(
  first: readonly LabelScore[],
  second: readonly LabelScore[],
): Move | null {
  const [best] = first;
  const other = second.find(({ label }) => label === best?.label);
  return best && other ? { label: best.label, change: other.score - best.score } : null;
}

/** Each text with its verdict, and the attention that is shown of it; layer and head from 1. */
export function comparisonJson(
  readings: readonly { text: string; labels: readonly LabelScore[] }[],
  views: readonly AttentionView[],
): string {
  const texts = readings.map(({ text, labels }, i) => {
    const view = views[i]!;
    const { layer, head, queries, keys } = view;
    return {
      text,
      labels,
      tokens: keys.map(({ text }) => text),
      layer: layer + 1,
      head: typeof head === "number" ? head + 1 : head,
      attention: queries.map((_, query) => Array.from(rowOf(view, query))),
    };
  });
  return JSON.stringify({ texts });
}
