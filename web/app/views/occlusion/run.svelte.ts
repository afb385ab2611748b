// An occlusion under way.

import { Gradual } from "../../state/gradual.svelte.js";
import { occlude, type Occluded, type Subject } from "./occlusion.js";

export class OcclusionRun extends Gradual<Occluded> {
  /** Ends the one before. */
  start(prepare: (signal: AbortSignal) => Promise<Subject>): Promise<void> {
    return this.run(async function* (signal) {
      yield* occlude(await prepare(signal), signal);
    });
  }
}
