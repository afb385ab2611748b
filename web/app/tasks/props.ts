// What the panel of every task takes.

import type { AppState } from "../state/app-state.svelte.js";
import type { Runs } from "./registry.js";

export interface TaskProps {
  app: AppState;
  runs: Runs;
}
