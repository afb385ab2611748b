// What every view of an attention takes.

import type { InspectedHead } from "glassformer";
import type { AppState } from "../state/app-state.svelte.js";
import type { AttentionView } from "../state/attention-view.js";
import type { Changes } from "../state/changes.js";
import type { Pointer } from "../state/pointer.svelte.js";
import type { Trace } from "../state/trace.js";
import type { ColorScale } from "./matrix/colors.js";

/** Runs the model again, and brings the numbers of one head. */
export type Inspect = (
  place: { layer: number; head: number },
  signal: AbortSignal,
) => Promise<InspectedHead>;

export interface ViewProps {
  view: AttentionView;
  /** All attentions of the run, that of `view` among them. */
  trace: Trace;
  app: AppState;
  pointer: Pointer;
  color: ColorScale;
  /** null: the task cannot take a head apart. */
  inspect: Inspect | null;
  /** What is changed in the pass that is shown; null: the task cannot change any. */
  changes: Changes | null;
}
