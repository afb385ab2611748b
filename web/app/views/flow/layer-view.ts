// Numbers by layer and token, in the form that the matrix draws.

import type { AttentionView } from "../../state/attention-view.js";
import type { Token } from "../../state/tokens.js";
import type { Attention } from "../../state/trace.js";

/** `values`: [layers, n], 0 to 1; `names`: of the layers. */
export function layerView(
  attention: Attention,
  names: readonly string[],
  values: Float32Array,
): AttentionView {
  const queries = names.map((text, word): Token => ({
    text,
    isSpecial: false,
    surface: text,
    word,
  }));
  const { kind, keys } = attention;
  const rows: Attention = {
    ...{ kind, queries, keys },
    ...{ layers: 1, heads: 1, isCausal: false },
    weightsOf: () => values,
  };
  return { attention: rows, queries, keys, layer: 0, head: 0, weights: values };
}
