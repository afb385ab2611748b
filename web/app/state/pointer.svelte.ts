// What the person points at, shared by the token chips and the views.

import type { AttentionView } from "./attention-view.js";
import { isSquare } from "./trace.js";

/** A token is a query and a key at once, where a text looks at itself. */
export type Target =
  | { kind: "token"; index: number }
  | { kind: "query"; index: number }
  | { kind: "key"; index: number }
  | { kind: "cell"; query: number; key: number };

export class Pointer {
  target = $state.raw<Target | null>(null);

  /** The row to highlight, if any. */
  get query(): number | null {
    const { target } = this;
    if (target === null || target.kind === "key") return null;
    return target.kind === "cell" ? target.query : target.index;
  }

  /** The column to highlight, if any. */
  get key(): number | null {
    const { target } = this;
    if (target === null || target.kind === "query") return null;
    return target.kind === "cell" ? target.key : target.index;
  }
}

/** Pointing at a label of the rows, or of the columns. */
export function labelTarget(view: AttentionView, side: "query" | "key", index: number): Target {
  return { kind: isSquare(view) ? "token" : side, index };
}
