// The best answers in short, to take away.

import type { Answer } from "glassformer";
import { percent } from "../../i18n/numbers.js";
import type { AppState } from "../../state/app-state.svelte.js";
import type { Outcome } from "../../views/export/outcome.js";

/** An answer without text is that there is none. */
export function outcomeOf(answers: readonly Answer[], app: AppState): Outcome {
  const nameOf = ({ answer }: Answer) => answer || app.messages.noAnswer;
  const scores = answers.map((answer) => ({
    name: answer.answer,
    value: answer.score,
    label: nameOf(answer),
    written: percent(answer.score, app.language),
    paint: "accent" as const,
  }));
  return { said: nameOf(answers[0]!), scores };
}
