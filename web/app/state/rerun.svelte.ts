// The same input once more, with changes in the forward pass: what the model makes of it then.

import { changesWithin, isUnchanged, kNoChanges, type Changes } from "./changes.js";
import { Latest } from "./latest.svelte.js";
import type { Token } from "./tokens.js";
import type { Trace } from "./trace.js";

interface Traced {
  trace: Trace;
}

export interface RerunOf<Reading extends Traced> {
  /** What the model made of the input by itself; null: nothing yet, or nothing can be changed. */
  reading: () => Reading | null;
  /** Those of its tokens that can be hidden. */
  hideable: (reading: Reading) => readonly Token[];
  /** As they were wished for. */
  wished: () => Changes;
  again: (reading: Reading, changes: Changes, signal: AbortSignal) => Promise<Reading>;
}

/** Make it while a component is being set up: it runs by itself whenever something changes. */
export class Rerun<Reading extends Traced> {
  readonly #of: RerunOf<Reading>;
  readonly #latest = new Latest<{ of: Reading; reading: Reading }>();

  /** What of the wishes this text and this model have. */
  readonly changes: Changes = $derived.by(() => {
    const reading = this.#of.reading();
    if (reading === null) return kNoChanges;
    return changesWithin(this.#of.wished(), reading.trace, this.#of.hideable(reading));
  });

  constructor(of: RerunOf<Reading>) {
    this.#of = of;
    $effect(() => {
      const [reading, changes] = [of.reading(), this.changes];
      if (reading === null || isUnchanged(changes)) return;
      void this.#latest.run(async (signal) => ({
        of: reading,
        reading: await of.again(reading, changes, signal),
      }));
      return () => this.#latest.stop();
    });
  }

  /** null: nothing is changed, or the changed pass is still on its way. */
  get reading(): Reading | null {
    const { result } = this.#latest;
    return result !== null && result.of === this.#of.reading() && !isUnchanged(this.changes)
      ? result.reading
      : null;
  }

  get problem() {
    return isUnchanged(this.changes) ? null : this.#latest.problem;
  }
}
