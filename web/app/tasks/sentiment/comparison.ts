// How far the verdict on one text is from that on another.

import type { LabelScore } from "glassformer";

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
