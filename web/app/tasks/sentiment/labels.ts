// Labels as the page lists them.

import type { LabelScore } from "glassformer";

/** Always in the same order: bars that change places while one types cannot be followed. */
export function inOrder(labels: readonly LabelScore[]): LabelScore[] {
  return [...labels].sort((a, b) => b.label.localeCompare(a.label));
}
