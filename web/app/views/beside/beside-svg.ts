// Several matrices side by side as one picture.

import type { AttentionView } from "../../state/attention-view.js";
import { kPictureFont, type PictureStyle } from "../export/style.js";
import { element, sheet } from "../export/svg.js";
import { matrixPart } from "../matrix/matrix-svg.js";

export interface TitledView {
  title: string;
  view: AttentionView;
}

/** `style.title`: what all of them are together; each has its own above it. */
export function besideSvg(views: readonly TitledView[], style: PictureStyle): string {
  const parts = views.map(({ title, view }) => matrixPart(view, { ...style, title }));
  let x = 0;
  const content = parts.map((part) => {
    const moved = element("g", { transform: `translate(${Math.round(x)} 0)` }, part.content);
    x += part.width;
    return moved;
  });
  const height = Math.max(...parts.map((part) => part.height));
  return sheet({ ...style, width: x, height, fontSize: kPictureFont }, content.join(""));
}
