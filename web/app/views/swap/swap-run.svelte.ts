// What the model makes of a text with two of its words swapped.

import { Latest } from "../../state/latest.svelte.js";
import { joined, swapWords, type Swap } from "../../state/swap.js";

export interface SwapOf<Reading> {
  /** The text as it is; null: it was not read yet. */
  text: () => string | null;
  chosen: () => Swap;
  read: (text: string, signal: AbortSignal) => Promise<Reading>;
}

/** Make it while a component is being set up: it runs by itself whenever two words are chosen. */
export class SwapRun<Reading> {
  readonly #latest = new Latest<{ text: string; reading: Reading }>();

  /** null: there are no two words to swap. */
  readonly parts = $derived.by(() => {
    const text = this.#of.text();
    return text === null ? null : swapWords(text, this.#of.chosen());
  });
  readonly #text = $derived(this.parts && joined(this.parts));
  readonly #of: SwapOf<Reading>;

  constructor(of: SwapOf<Reading>) {
    this.#of = of;
    $effect(() => {
      const text = this.#text;
      if (text === null) return;
      void this.#latest.run(async (signal) => ({ text, reading: await of.read(text, signal) }));
      return () => this.#latest.stop();
    });
  }

  /** null: nothing is swapped, or the model is still reading. */
  get reading(): Reading | null {
    const { result } = this.#latest;
    return result !== null && result.text === this.#text ? result.reading : null;
  }

  get problem() {
    return this.#text === null ? null : this.#latest.problem;
  }
}
