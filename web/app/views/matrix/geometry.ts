// Where everything in the matrix is, in CSS pixels: measured from the top left of its whole extent,
// which may be larger than the window that scrolls over it.

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
const kLabelLine = 1.25; // heights of a line of labels, in ems
const kLean = Math.tan((kLabelAngle * Math.PI) / 180);

export interface MatrixLayout {
  /** Queries. */
  rows: number;
  /** Keys. */
  columns: number;
  fontSize: number;
  /** Between a label and its row or column. */
  gap: number;
  /** Width and height of a cell. */
  cell: number;
  /** Room for a label of a row, along its line. */
  rowLabel: number;
  /** Room for a label of a column, along its line. */
  columnLabel: number;
  /** Every how many rows and columns there is room for a label. */
  stride: number;
  /** The zoom at which all is seen at once; 1 for short texts. */
  fitZoom: number;
  /** Width of the row labels, with the gap. */
  left: number;
  /** Height of the column labels, with the gap. */
  top: number;
  width: number;
  height: number;
}

export interface Labels {
  queries: readonly string[];
  keys: readonly string[];
}

export interface Room {
  width: number;
  height: number;
  /** Size of the page's text. */
  text: number;
}

export const kLargestZoom = 4;

/**
 * Cells as large as the room allows; more of them than fit at their smallest reach beyond it, and
 * are scrolled. `zoom`: how much larger than that, from the one at which all is seen to
 * kLargestZoom; beyond these it is brought into range.
 */
export function layoutFor({ queries, keys }: Labels, room: Room, zoom = 1): MatrixLayout {
  const [rows, columns] = [queries.length, keys.length];
  const scale = room.text / kUsualText;
  const fontSize = kFontSize * scale;
  const gap = kLabelGap * scale;
  const most = Math.min(kLongestLabel * scale, room.width / 4);
  const rowLabel = Math.min(most, widest(queries, fontSize));
  const columnLabel = Math.min(most, widest(keys, fontSize));
  const left = rowLabel + gap;
  const radians = (kLabelAngle * Math.PI) / 180;
  const top = columnLabel * Math.sin(radians) + fontSize;
  const overhang = columnLabel * Math.cos(radians);
  const fitting = Math.min((room.width - left - overhang) / columns, (room.height - top) / rows);
  const clamped = Math.max(kMinCell * scale, Math.min(kMaxCell * scale, fitting));
  const fitZoom = fitting >= clamped ? 1 : Math.max(1, Math.floor(fitting)) / clamped;
  const inRange = Math.max(fitZoom, Math.min(kLargestZoom, zoom));
  // A hair more, or the fit would lose a pixel to rounding.
  const cell = Math.max(1, Math.floor(inRange * clamped + 1e-6));
  const stride = Math.ceil((kLabelLine * fontSize) / cell);
  const size = { width: left + columns * cell + overhang, height: top + rows * cell + 1 };
  const labels = { fontSize, gap, rowLabel, columnLabel, stride, left, top };
  return { rows, columns, cell, fitZoom, ...labels, ...size };
}

function widest(labels: readonly string[], fontSize: number): number {
  return labels.reduce((most, label) => Math.max(most, labelWidth(label, fontSize)), fontSize);
}

/** In the monospaced font, in the unit of `fontSize`. */
export function labelWidth(label: string, fontSize: number): number {
  let ems = 0;
  for (const letter of label)
    ems += letter.codePointAt(0)! < kFirstWideLetter ? kNarrowLetter : kWideLetter;
  return ems * fontSize;
}

/** The label, cut to `room` in pixels. */
export function fitLabel(label: string, room: number, fontSize: number): string {
  const fits = (text: string) => labelWidth(text, fontSize) <= room + 1;
  if (fits(label)) return label;
  let letters = Array.from(label);
  while (letters.length > 1 && !fits(`${letters.join("")}…`)) letters = letters.slice(0, -1);
  return `${letters.join("")}…`;
}

/**
 * First and one past the last of `count` cells that can be seen: `offset` is the scroll position,
 * `extent` the room for cells.
 */
export function visibleRange(
  cell: number,
  count: number,
  offset: number,
  extent: number,
): [first: number, end: number] {
  const first = Math.max(0, Math.floor(offset / cell));
  const end = Math.min(count, Math.ceil((offset + extent) / cell));
  return [first, Math.max(first, end)];
}

export interface Scroll {
  x: number;
  y: number;
}

/** What is at a point of the window: a cell, or a label of one side. */
export type Place = { query: number; key: number } | { query: number } | { key: number };

/** What is at a point of the window, given how far the cells are scrolled under the labels. */
export function placeAt(layout: MatrixLayout, x: number, y: number, scroll: Scroll): Place | null {
  const query = indexAt(layout.cell, layout.rows, y - layout.top + scroll.y);
  const isColumnLabel = y < layout.top;
  const lean = isColumnLabel ? (layout.top - y) / kLean : 0;
  const key = indexAt(layout.cell, layout.columns, x - lean - layout.left + scroll.x);
  const isRowLabel = x < layout.left;
  if (isColumnLabel) return isRowLabel || key === null ? null : { key };
  if (query === null) return null;
  if (isRowLabel) return { query };
  return key === null ? null : { query, key };
}

function indexAt(cell: number, count: number, offset: number): number | null {
  const index = Math.floor(offset / cell);
  return index >= 0 && index < count ? index : null;
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

/**
 * The scroll position after a change of the cells' size, at which what lies `at` pixels into the
 * window stays there.
 */
export function scrollAfterZoom(offset: number, at: number, from: number, to: number): number {
  return Math.max(0, ((offset + at) / from) * to - at);
}
