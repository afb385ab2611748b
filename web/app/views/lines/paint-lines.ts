// Draws the lines between two columns of tokens.

import type { Line } from "./lines.js";

export interface LineStyle {
  /** Of the canvas, in CSS pixels. */
  width: number;
  height: number;
  /** Height of a token's row. */
  row: number;
  /** How far the columns are scrolled. */
  scroll: number;
  colors: readonly string[];
  /** Of a line with weight 1. */
  opacity: number;
}

const kThinnest = 1; // px
const kThicker = 2; // px more at weight 1
const kBend = 0.45; // of the width: where the control points of the curve are

export function paintLines(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  style: LineStyle,
): void {
  const { width, height, row, scroll, colors, opacity } = style;
  context.clearRect(0, 0, width, height);
  for (const { head, query, key, weight } of lines) {
    const from = (query + 0.5) * row - scroll;
    const to = (key + 0.5) * row - scroll;
    if (Math.max(from, to) < 0 || Math.min(from, to) > height) continue;
    context.globalAlpha = opacity * weight;
    context.strokeStyle = colors[head]!;
    context.lineWidth = kThinnest + kThicker * weight;
    context.beginPath();
    context.moveTo(0, from);
    context.bezierCurveTo(kBend * width, from, (1 - kBend) * width, to, width, to);
    context.stroke();
  }
}
