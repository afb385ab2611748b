// The text of a generation, piece by piece, for whoever shows it as it comes.

import type { GenerationStep } from "./generation-types.js";

/**
 * Hands on every piece once, when it cannot change any more: token by token in greedy search and
 * sampling, sentence by sentence with beams. For one text at a time.
 */
export class TextStreamer {
  readonly #callback: (piece: string) => void;
  #written = 0;

  constructor(callback: (piece: string) => void) {
    this.#callback = callback;
  }

  put(step: GenerationStep): void {
    this.#write(step.settled);
  }

  end(text: string): void {
    this.#write(text);
    this.#written = 0;
  }

  #write(text: string): void {
    if (text.length <= this.#written) return;
    this.#callback(text.slice(this.#written));
    this.#written = text.length;
  }
}
