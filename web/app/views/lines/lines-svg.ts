// The lines as a picture.

import type { Attention } from "../../state/trace.js";
import type { Pin } from "../../state/view-state.js";
import { kMargin, kPictureFont, type PictureStyle } from "../export/style.js";
import { element, label, sheet, title } from "../export/svg.js";
import { linesOf } from "./lines.js";

const kRow = 24; // px
const kColumn = 140; // px: room for the longest token
const kGap = 360; // px between the columns
const kBend = 0.45; // of the gap, as on the page
const kLetter = 0.61; // em
const kLongest = Math.floor(kColumn / (kLetter * kPictureFont));

export interface ShownLines {
  layer: number;
  heads: readonly number[];
  focus: Pin | null;
}

export function linesSvg(attention: Attention, shown: ShownLines, style: PictureStyle): string {
  const { queries, keys } = attention;
  const top = kMargin + 2 * kPictureFont;
  const rows = Math.max(queries.length, keys.length);
  const middle = (row: number) => top + (row + 0.5) * kRow;
  const cut = (text: string) => (text.length > kLongest ? `${text.slice(0, kLongest - 1)}…` : text);
  const column = { "dominant-baseline": "central" };
  const content = [
    label(style.title, { x: kMargin, y: kMargin + kPictureFont, "font-weight": "bold" }),
    ...queries.map(({ text }, i) =>
      label(cut(text), { ...column, x: kMargin + kColumn, y: middle(i), "text-anchor": "end" }),
    ),
    ...keys.map(({ text }, i) =>
      label(cut(text), { ...column, x: kMargin + kColumn + kGap, y: middle(i) }),
    ),
    ...paths(attention, shown, style, middle),
  ].join("");
  const width = 2 * (kMargin + kColumn) + kGap;
  const height = top + rows * kRow + kMargin;
  return sheet({ ...style, width, height, fontSize: kPictureFont }, content);
}

function paths(
  attention: Attention,
  { layer, heads, focus }: ShownLines,
  style: PictureStyle,
  middle: (row: number) => number,
): string[] {
  const opacity = focus ? 1 : 1 / Math.sqrt(Math.max(1, heads.length));
  const inset = kPictureFont / 2;
  const [x1, x2] = [kMargin + kColumn + inset, kMargin + kColumn + kGap - inset];
  const bend = kBend * (x2 - x1);
  const all = linesOf(attention, layer, heads, focus, [0, attention.queries.length]);
  return all.map(({ head, query, key, weight }) => {
    const [y1, y2] = [middle(query), middle(key)];
    const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
    const value = weight.toPrecision(6);
    const stroke = {
      stroke: style.headColors[head]!,
      "stroke-opacity": (opacity * weight).toFixed(3),
      "stroke-width": (1 + 2 * weight).toFixed(2),
    };
    const names = `${attention.queries[query]!.text} → ${attention.keys[key]!.text}`;
    const about = title(`${names}, ${head + 1}: ${value}`);
    return element("path", { d, fill: "none", ...stroke, "data-weight": value }, about);
  });
}
