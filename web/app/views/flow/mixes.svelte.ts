// The steps of all layers, one after the other: those of a long text at once would hold the page up.

import type { Attention } from "../../state/trace.js";
import { mixOf } from "./rollout.js";

export class Mixes {
  /** By layer, [n, n]; null until all are there. */
  layers = $state.raw<Float32Array[] | null>(null);

  /** Returns how to stop. */
  make(attention: Attention): () => void {
    const layers: Float32Array[] = [];
    this.layers = null;
    let timer = 0;
    const proceed = () => {
      layers.push(mixOf(attention, layers.length));
      if (layers.length === attention.layers) this.layers = layers;
      else timer = window.setTimeout(proceed);
    };
    timer = window.setTimeout(proceed);
    return () => clearTimeout(timer);
  }
}
