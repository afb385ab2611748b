// Where everything in the matrix is, in CSS pixels: measured from the top left of its whole extent,
// which may be larger than the window that scrolls over it.

import type { Target } from "../../state/pointer.svelte.js";

/** Column labels lean to the right by this much from the horizontal. */
export const kLabelAngle = 60;
const kNarrowLetter = 0.61; // widths of a letter in the monospaced font, in ems
const kWideLetter = 1; // Chinese, Japanese, Korean
const kFirstWideLetter = 0x2e80;
// In CSS pixels at the usual size of text, 16 px; everything grows with it.
const kUsualText = 16;
const kFontSize = 13;
const kLabelGap = 8;
const kLongestLabel = 120;
const kMinCell = 18; // a label's line must fit in a row
const kMaxCell = 44;
const kLean = Math.tan((kLabelAngle * Math.PI) / 180);

export interface MatrixLayout {
  n: number;
  fontSize: number;
  /** Between a row label and its row. */
  gap: number;
  /** Width and height of a cell. */
  cell: number;
  /** Width of the row labels. */
  left: number;
  /** Height of the column labels. */
  top: number;
  width: number;
  height: number;
}

export interface Room {
  width: number;
  height: number;
  /** Size of the page's text. */
  text: number;
}

/**
 * Cells as large as the room allows; more of them than fit at their smallest reach beyond it, and
 * are scrolled.
 */
export function layoutFor(labels: readonly string[], room: Room): MatrixLayout {
  const n = labels.length;
  const scale = room.text / kUsualText;
  const fontSize = kFontSize * scale;
  const gap = kLabelGap * scale;
  const widest = Math.max(...labels.map((label) => labelWidth(label, fontSize)), fontSize);
  const longest = Math.min(kLongestLabel * scale, room.width / 4, widest);
  const left = longest + gap;
  const radians = (kLabelAngle * Math.PI) / 180;
  const top = longest * Math.sin(radians) + fontSize;
  const overhang = longest * Math.cos(radians);
  const fitting = Math.min((room.width - left - overhang) / n, (room.height - top) / n);
  const cell = Math.floor(Math.max(kMinCell * scale, Math.min(kMaxCell * scale, fitting)));
  const size = { width: left + n * cell + overhang, height: top + n * cell + 1 };
  return { n, fontSize, gap, cell, left, top, ...size };
}

function labelWidth(label: string, fontSize: number): number {
  let ems = 0;
  for (const letter of label)
    ems += letter.codePointAt(0)! < kFirstWideLetter ? kNarrowLetter : kWideLetter;
  return ems * fontSize;
}

/** The label, cut to the room that the layout has for it. */
export function fitLabel(label: string, { left, gap, fontSize }: MatrixLayout): string {
  const fits = (text: string) => labelWidth(text, fontSize) <= left - gap + 1;
  if (fits(label)) return label;
  let letters = Array.from(label);
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters = letters.slice(0, -1);
  return `${letters.join("")}…`;
}

/**
 * First and one past the last index that can be seen: `offset` is the scroll position, `extent` the
 * room for cells.
 */
export function visibleRange(
  layout: MatrixLayout,
  offset: number,
  extent: number,
): [first: number, end: number] {
  const first = Math.max(0, Math.floor(offset / layout.cell));
  const end = Math.min(layout.n, Math.ceil((offset + extent) / layout.cell));
  return [first, Math.max(first, end)];
}

export interface Scroll {
  x: number;
  y: number;
}

/** What is at a point of the window, given how far the cells are scrolled under the labels. */
export function targetAt(
  layout: MatrixLayout,
  x: number,
  y: number,
  scroll: Scroll,
): Target | null {
  const query = indexAt(layout, y - layout.top + scroll.y);
  const isColumnLabel = y < layout.top;
  const lean = isColumnLabel ? (layout.top - y) / kLean : 0;
  const key = indexAt(layout, x - lean - layout.left + scroll.x);
  const isRowLabel = x < layout.left;
  if (isColumnLabel) return isRowLabel || key === null ? null : { kind: "token", index: key };
  if (query === null) return null;
  if (isRowLabel) return { kind: "token", index: query };
  return key === null ? null : { kind: "cell", query, key };
}

function indexAt({ cell, n }: MatrixLayout, offset: number): number | null {
  const index = Math.floor(offset / cell);
  return index >= 0 && index < n ? index : null;
}

/** The scroll position nearest to `offset` at which cell `index` is wholly visible. */
export function scrollToShow(
  { cell }: MatrixLayout,
  index: number,
  offset: number,
  extent: number,
): number {
  return Math.max((index + 1) * cell - extent, Math.min(offset, index * cell));
}
