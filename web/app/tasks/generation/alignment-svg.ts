// The word alignment as a picture, and as numbers.

import { framedSvg } from "../../views/export/framed-svg.js";
import type { Look } from "../../views/export/palette.js";
import { element, label, title } from "../../views/export/svg.js";
import type { Alignment, AlignmentPlace } from "./alignment.js";
import { kFont, kWordHeight, layoutOf, pathOf, type WordBox } from "./alignment-layout.js";

const kFaintest = 0.25; // opacity of a line that carries next to nothing
const kThinnest = 1.25; // px

export function alignmentSvg(alignment: Alignment, look: Look): string {
  const layout = layoutOf(alignment);
  const { source, target, targetTop } = layout;
  const lines = alignment.links.map((link) => {
    const [from, to] = [source[link.source]!.text, target[link.target]!.text];
    const share = link.share.toPrecision(6);
    const stroke = {
      fill: "none",
      stroke: look.palette.accent,
      "stroke-opacity": (kFaintest + (1 - kFaintest) * link.share).toFixed(3),
      "stroke-width": (kThinnest + (link.isBest ? 2 * kThinnest * link.share : 0)).toFixed(2),
      "data-share": share,
      ...(link.isBest ? {} : { "stroke-dasharray": "4 3" }),
    };
    return element(
      "path",
      { d: pathOf(layout, link), ...stroke },
      title(`${to} ← ${from}: ${share}`),
    );
  });
  const words = [
    ...source.map((box) => word(box, 0, look)),
    ...target.map((box) => word(box, targetTop, look)),
  ];
  const { width, height } = layout;
  return framedSvg({ content: [...lines, ...words].join(""), width, height }, look);
}

function word({ text, x, width }: WordBox, y: number, { palette }: Look): string {
  const box = { x, y: y + 0.5, width, height: kWordHeight - 1, rx: 4 };
  const paint = { fill: palette.surface, stroke: palette["line-strong"] };
  const at = { x: x + width / 2, y: y + kWordHeight / 2, "font-size": kFont };
  const style = { "text-anchor": "middle", "dominant-baseline": "central" };
  return element("rect", { ...box, ...paint }) + label(text, { ...at, ...style });
}

/** Layer and head count from 1, words of a link from 0. */
export function alignmentJson(alignment: Alignment, { layer, head }: AlignmentPlace): string {
  const { source, target, links } = alignment;
  return JSON.stringify({
    layer: layer + 1,
    head: typeof head === "number" ? head + 1 : head,
    source,
    target,
    links: links.map(({ source, target, share, isBest }) => ({ source, target, share, isBest })),
  });
}
