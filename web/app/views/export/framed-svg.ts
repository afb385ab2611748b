// A picture with its title above it, on the theme's paper.

import { labelWidth } from "../matrix/geometry.js";
import type { Look } from "./palette.js";
import { kMargin, kPictureFont } from "./style.js";
import { element, label, sheet } from "./svg.js";

const kTitleRoom = 2 * kPictureFont;

export interface Drawing {
  content: string;
  width: number;
  height: number;
}

/** `drawing`: measured from its own top left, in pixels. */
export function framedSvg(drawing: Drawing, { title, palette }: Look): string {
  const transform = `translate(${kMargin} ${kMargin + kTitleRoom})`;
  const heading = { x: kMargin, y: kMargin + kPictureFont, "font-weight": "bold" };
  // Whole pixels: at a fraction of one the paper would end short of the edge.
  const widest = Math.max(drawing.width, labelWidth(title, kPictureFont));
  const width = Math.ceil(widest + 2 * kMargin);
  const height = Math.ceil(drawing.height + kTitleRoom + 2 * kMargin);
  const { paper, ink } = palette;
  return sheet(
    { title, paper, ink, width, height, fontSize: kPictureFont },
    label(title, heading) + element("g", { transform }, drawing.content),
  );
}
