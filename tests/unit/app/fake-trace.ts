// Small traces to test the views with.

import type { Token } from "../../../web/app/state/tokens.js";
import { attentionOf, type Attention } from "../../../web/app/state/trace.js";

/** Each text is a word; in square brackets, a special token; after "##", a part of the word before. */
export function tokens(...texts: string[]): Token[] {
  let word = -1;
  return texts.map((text) => {
    const isSpecial = text.startsWith("[");
    const isPiece = text.startsWith("##");
    if (!isPiece) word += 1;
    return { text, isSpecial, surface: isSpecial ? "" : text.replace("##", ""), word };
  });
}

/** One layer of two heads, two queries, three keys; the weights are 0, 1, ... 11. */
export function crossAttention(): Attention {
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  const facts = { kind: "cross", isCausal: false } as const;
  return attentionOf(
    { ...facts, queries: tokens("三", "只"), keys: tokens("three", "cats", "A") },
    [{ data, dims: [1, 2, 2, 3] }],
  );
}
