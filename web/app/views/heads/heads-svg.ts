// All heads as a picture: layers in rows, heads in columns.

import type { Attention } from "../../state/trace.js";
import { kMargin, kPictureFont, type PictureStyle } from "../export/style.js";
import { element, label, sheet, title } from "../export/svg.js";
import { shrink, type Grid } from "../matrix/paint.js";

const kEdge = 72; // px of a head's longer side
const kGap = 10; // px
const kMostCells = 24; // along an edge; of a longer text, the strongest weight of each block

export function headsSvg(attention: Attention, style: PictureStyle): string {
  const top = kMargin + 3.5 * kPictureFont;
  const left = kMargin + 2 * kPictureFont;
  const step = kEdge + kGap;
  const content = [
    label(style.title, { x: kMargin, y: kMargin + kPictureFont, "font-weight": "bold" }),
  ];
  for (let head = 0; head < attention.heads; head += 1)
    content.push(label(String(head + 1), { x: left + head * step, y: top - 6 }));
  for (let layer = 0; layer < attention.layers; layer += 1) {
    const y = top + layer * step;
    content.push(label(String(layer + 1), { x: kMargin, y: y + kPictureFont }));
    for (let head = 0; head < attention.heads; head += 1) {
      const picture = title(`${layer + 1}·${head + 1}`) + cells(attention, layer, head, style);
      const transform = `translate(${left + head * step} ${y})`;
      content.push(element("g", { transform }, picture));
    }
  }
  const width = left + attention.heads * step + kMargin;
  const height = top + attention.layers * step + kMargin;
  return sheet({ ...style, width, height, fontSize: kPictureFont }, content.join(""));
}

function cells(attention: Attention, layer: number, head: number, style: PictureStyle): string {
  const [rows, columns] = [attention.queries.length, attention.keys.length];
  const grid: Grid = shrink(
    { values: attention.weightsOf(layer, head), rows, columns },
    kMostCells,
  );
  const cell = kEdge / Math.max(grid.rows, grid.columns);
  return Array.from(grid.values, (weight, i) => {
    const x = (i % grid.columns) * cell;
    const y = Math.floor(i / grid.columns) * cell;
    return element("rect", { x, y, width: cell, height: cell, fill: style.color.css(weight) });
  }).join("");
}
