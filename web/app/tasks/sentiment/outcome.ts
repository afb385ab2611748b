// A verdict in short, to take away.

import type { LabelScore } from "glassformer";
import { percent } from "../../i18n/numbers.js";
import type { AppState } from "../../state/app-state.svelte.js";
import { paintOf, type Outcome } from "../../views/export/outcome.js";
import { inOrder } from "./labels.js";

/** Labels in the order of the page. */
export function outcomeOf(labels: readonly LabelScore[], app: AppState): Outcome {
  const nameOf = (label: string) => app.messages.labels[label] ?? label;
  const scores = inOrder(labels).map(({ label, score }) => ({
    name: label,
    value: score,
    label: nameOf(label),
    written: percent(score, app.language),
    paint: paintOf(label),
  }));
  return { said: nameOf(labels[0]!.label), scores };
}
