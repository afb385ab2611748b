// The characters of all heads, measured one after the other: all heads of a long text at once would
// hold the page up.

import type { Attention } from "../../state/trace.js";
import { characterOf, type Character } from "../../state/traits.js";

export interface MeasuredHead extends Character {
  layer: number;
  head: number;
}

const kSlice = 8; // ms of measuring before the page may draw again

export class Characters {
  /** By layer, then head; null until all are measured. */
  heads = $state.raw<MeasuredHead[] | null>(null);
  #timer = 0;

  measure(attention: Attention): () => void {
    clearTimeout(this.#timer);
    const measured: MeasuredHead[] = [];
    const count = attention.layers * attention.heads;
    const proceed = () => {
      const start = performance.now();
      while (measured.length < count && performance.now() - start < kSlice) {
        const layer = Math.floor(measured.length / attention.heads);
        const head = measured.length % attention.heads;
        const character = characterOf(attention, attention.weightsOf(layer, head));
        measured.push({ layer, head, ...character });
      }
      if (measured.length === count) this.heads = measured;
      else this.#timer = window.setTimeout(proceed);
    };
    this.#timer = window.setTimeout(proceed);
    return () => clearTimeout(this.#timer);
  }
}
