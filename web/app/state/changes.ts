// What a person changes in the model's forward pass: heads that are switched off, and tokens that
// nobody may look at.

import type { Attention } from "./trace.js";

export interface HeadIndex {
  layer: number;
  head: number;
}

export interface Changes {
  /** In order, without repetition; and so are the tokens. */
  heads: readonly HeadIndex[];
  /** Positions. */
  tokens: readonly number[];
}

export const kNoChanges: Changes = { heads: [], tokens: [] };

export function isUnchanged({ heads, tokens }: Changes): boolean {
  return heads.length === 0 && tokens.length === 0;
}

export function isHeadOff({ heads }: Changes, layer: number, head: number): boolean {
  return heads.some((other) => other.layer === layer && other.head === head);
}

export function toggleHead(heads: readonly HeadIndex[], { layer, head }: HeadIndex): HeadIndex[] {
  const rest = heads.filter((other) => other.layer !== layer || other.head !== head);
  if (rest.length < heads.length) return rest;
  return [...rest, { layer, head }].sort((a, b) => a.layer - b.layer || a.head - b.head);
}

export function toggleToken(tokens: readonly number[], token: number): number[] {
  const rest = tokens.filter((other) => other !== token);
  return rest.length < tokens.length ? rest : [...rest, token].sort((a, b) => a - b);
}

/** What of it the model and the text have: links may be of others. One token always stays. */
export function changesWithin(changes: Changes, attention: Attention): Changes {
  const { layers, heads, keys } = attention;
  const tokens = changes.tokens.filter((token) => token < keys.length);
  return {
    heads: changes.heads.filter(({ layer, head }) => layer < layers && head < heads),
    tokens: tokens.length < keys.length ? tokens : tokens.slice(1),
  };
}

/** The pipeline's options for it. */
export function maskOptions({ heads, tokens }: Changes) {
  return {
    mask_heads: heads.map(({ layer, head }): [number, number] => [layer, head]),
    mask_tokens: [...tokens],
  };
}
