// What the person points at, shared by the token chips and the matrix.

export type Target =
  { kind: "token"; index: number } | { kind: "cell"; query: number; key: number };

export class Pointer {
  target = $state.raw<Target | null>(null);

  /** The row to highlight, if any. */
  get query(): number | null {
    return this.target === null
      ? null
      : this.target.kind === "cell"
        ? this.target.query
        : this.target.index;
  }

  /** The column to highlight, if any. */
  get key(): number | null {
    return this.target === null
      ? null
      : this.target.kind === "cell"
        ? this.target.key
        : this.target.index;
  }
}
