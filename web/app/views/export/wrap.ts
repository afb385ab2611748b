// Texts of any length in lines, for pictures: SVG breaks none by itself.

import { labelWidth } from "../matrix/geometry.js";

// A line can end after each of these: a line break, blanks, a wide letter with what may not begin a
// line behind it, a word.
const kUnits = /\n|[^\S\n]+|[⺀-\uFFFF][、。，！？；：”’》）]*|[^\s⺀-\uFFFF]+/gu;

export interface Piece {
  text: string;
  /** It stands out. */
  isMoved: boolean;
}

/** The text without a mark in it. */
export function plain(text: string): Piece[] {
  return [{ text, isMoved: false }];
}

/** Lines no wider than `room`, in the unit of `fontSize`. */
export function wrap(pieces: readonly Piece[], room: number, fontSize: number): Piece[][] {
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const { text, isMoved } of pieces)
    for (const unit of unitsOf(text, room, fontSize)) {
      const width = labelWidth(unit, fontSize);
      const isBreak = unit === "\n";
      if (isBreak || (used > 0 && used + width > room)) [used] = [0, lines.push([])];
      if (isBreak || (used === 0 && unit.trim() === "")) continue;
      append(lines.at(-1)!, { text: unit, isMoved });
      used += width;
    }
  return lines;
}

/** A word that is wider than a line is cut. */
function unitsOf(text: string, room: number, fontSize: number): string[] {
  const units = text.match(kUnits) ?? [];
  return units.flatMap((unit) => (labelWidth(unit, fontSize) > room ? [...unit] : [unit]));
}

function append(line: Piece[], piece: Piece): void {
  const last = line.at(-1);
  if (last?.isMoved === piece.isMoved) last.text += piece.text;
  else line.push(piece);
}
