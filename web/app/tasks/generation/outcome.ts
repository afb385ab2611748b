// What was generated, in short, to take away.

import { fixed } from "../../i18n/numbers.js";
import type { AppState } from "../../state/app-state.svelte.js";
import type { Outcome } from "../../views/export/outcome.js";
import type { SentenceReading } from "./reading.js";

export function outcomeOf({ generated, score }: SentenceReading, app: AppState): Outcome {
  const label = app.messages.score(fixed(score, 3, app.language));
  const scores = [{ name: "score", value: score, label, written: "", paint: null }];
  return { said: generated || "∅", scores };
}
