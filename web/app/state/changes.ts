// What a person changes in the model's forward pass: heads that are switched off, and tokens that
// nobody may look at.

import type { Token } from "./tokens.js";
import { kAttentionKinds, type AttentionKind, type Trace } from "./trace.js";

export interface HeadIndex {
  kind: AttentionKind;
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

export function isHeadOff({ heads }: Changes, place: HeadIndex): boolean {
  return heads.some((other) => isSame(other, place));
}

export function toggleHead(heads: readonly HeadIndex[], place: HeadIndex): HeadIndex[] {
  const rest = heads.filter((other) => !isSame(other, place));
  return rest.length < heads.length ? rest : [...rest, place].sort(inOrder);
}

export function toggleToken(tokens: readonly number[], token: number): number[] {
  const rest = tokens.filter((other) => other !== token);
  return rest.length < tokens.length ? rest : [...rest, token].sort((a, b) => a - b);
}

/**
 * What of it the model and the text have: links may be of others. `hideable`: the tokens that can
 * be hidden, of which one always stays.
 */
export function changesWithin(changes: Changes, trace: Trace, hideable: readonly Token[]): Changes {
  const tokens = changes.tokens.filter((token) => token < hideable.length);
  return {
    heads: changes.heads.filter(({ kind, layer, head }) =>
      trace.some((other) => other.kind === kind && layer < other.layers && head < other.heads),
    ),
    tokens: tokens.length < hideable.length ? tokens : tokens.slice(1),
  };
}

/** The pipeline's options for it. */
export function maskOptions({ heads, tokens }: Changes) {
  return {
    mask_heads: heads.map(({ kind, layer, head }): [number, number, AttentionKind] => [
      layer,
      head,
      kind,
    ]),
    mask_tokens: [...tokens],
  };
}

function isSame(a: HeadIndex, b: HeadIndex): boolean {
  return a.kind === b.kind && a.layer === b.layer && a.head === b.head;
}

function inOrder(a: HeadIndex, b: HeadIndex): number {
  const kinds = kAttentionKinds.indexOf(a.kind) - kAttentionKinds.indexOf(b.kind);
  return kinds || a.layer - b.layer || a.head - b.head;
}
