// Moving a cell cursor by keyboard.

export interface Cell {
  query: number;
  key: number;
}

interface Size {
  /** Queries. */
  rows: number;
  /** Keys. */
  columns: number;
}

/**
 * The cell after `pressed`, or null if that key does not move. From nowhere, any moving key leads
 * to the first cell.
 */
export function moveCell(
  from: Cell | null,
  pressed: string,
  isControl: boolean,
  size: Size,
): Cell | null {
  const move = kMoves[pressed];
  if (!move) return null;
  if (!from) return { query: 0, key: 0 };
  const { query, key } = move(from, size, isControl);
  return { query: clamp(query, size.rows), key: clamp(key, size.columns) };
}

const kMoves: Record<string, (cell: Cell, size: Size, isControl: boolean) => Cell> = {
  ArrowLeft: ({ query, key }) => ({ query, key: key - 1 }),
  ArrowRight: ({ query, key }) => ({ query, key: key + 1 }),
  ArrowUp: ({ query, key }) => ({ query: query - 1, key }),
  ArrowDown: ({ query, key }) => ({ query: query + 1, key }),
  Home: ({ query }, _, isControl) => ({ query: isControl ? 0 : query, key: 0 }),
  End: ({ query }, { rows, columns }, isControl) => ({
    query: isControl ? rows - 1 : query,
    key: columns - 1,
  }),
};

function clamp(index: number, n: number): number {
  return Math.max(0, Math.min(n - 1, index));
}
