// The matrix as a picture: all of it, also what the page would scroll.

import { isMasked, type AttentionView } from "../../state/attention-view.js";
import { kMargin, kPictureFont, type PictureStyle } from "../export/style.js";
import { element, label, sheet, title } from "../export/svg.js";
import { fitLabel, kLabelAngle, labelWidth, layoutFor, type MatrixLayout } from "./geometry.js";

const kRoom = { width: 900, height: 900, text: 16 };
const kNothing = 5e-4; // such weights have the ground's colour

export function matrixSvg(view: AttentionView, style: PictureStyle): string {
  const { content, ...size } = matrixPart(view, style);
  return sheet({ ...style, ...size, fontSize: kPictureFont }, content);
}

/** A picture by itself, or beside others. In pixels, with its margin. */
export interface PicturePart {
  content: string;
  width: number;
  height: number;
}

export function matrixPart(view: AttentionView, style: PictureStyle): PicturePart {
  const queries = view.queries.map(({ text }) => text);
  const keys = view.keys.map(({ text }) => text);
  const layout = layoutFor({ queries, keys }, kRoom);
  const top = kMargin + 1.5 * kPictureFont;
  const content = [
    label(style.title, { y: kPictureFont, "font-weight": "bold" }),
    element(
      "g",
      { transform: `translate(0 ${top})` },
      [
        ...queries.map((text, query) => rowLabel(text, query, layout)),
        ...keys.map((text, key) => columnLabel(text, key, layout)),
        ...cells(view, layout, style),
      ].join(""),
    ),
  ].join("");
  const longest = Math.max(layout.width, labelWidth(style.title, kPictureFont));
  return {
    content: element("g", { transform: `translate(${kMargin} ${kMargin})` }, content),
    width: longest + 2 * kMargin,
    height: layout.height + top + 2 * kMargin,
  };
}

function rowLabel(text: string, query: number, layout: MatrixLayout): string {
  const { left, top, gap, cell, rowLabel, fontSize } = layout;
  const at = { x: left - gap, y: top + (query + 0.5) * cell };
  const style = { "text-anchor": "end", "dominant-baseline": "central" };
  return label(fitLabel(text, rowLabel, fontSize), { ...at, ...style });
}

function columnLabel(text: string, key: number, layout: MatrixLayout): string {
  const { left, top, cell, columnLabel, fontSize } = layout;
  const x = Math.round(left + (key + 0.5) * cell);
  const transform = `translate(${x} ${Math.round(top - 6)}) rotate(${-kLabelAngle})`;
  const style = { transform, "dominant-baseline": "central" };
  return label(fitLabel(text, columnLabel, fontSize), style);
}

function cells(view: AttentionView, layout: MatrixLayout, { color }: PictureStyle): string[] {
  const { left, top, cell } = layout;
  const n = view.keys.length;
  const drawn: string[] = [];
  view.queries.forEach((query, q) => {
    const visible = view.attention.isCausal ? Math.min(n, q + 1) : n;
    const y = top + q * cell;
    const ground = { x: left, y, width: visible * cell - 1, height: cell - 1 };
    drawn.push(element("rect", { ...ground, fill: color.css(0) }));
    view.keys.forEach((key, k) => {
      const weight = view.weights[q * n + k]!;
      if (weight < kNothing || isMasked(view.attention, q, k)) return;
      const at = { x: left + k * cell, y, width: cell - 1, height: cell - 1 };
      const value = weight.toPrecision(6);
      const paint = { fill: color.css(weight), "data-weight": value };
      drawn.push(
        element("rect", { ...at, ...paint }, title(`${query.text} → ${key.text}: ${value}`)),
      );
    });
  });
  return drawn;
}
