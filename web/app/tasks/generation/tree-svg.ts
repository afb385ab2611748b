// A generation as a picture, the tree of all its texts, and as numbers.

import { framedSvg } from "../../views/export/framed-svg.js";
import type { Look } from "../../views/export/palette.js";
import { element, label, title } from "../../views/export/svg.js";
import type { Step, TreeNode } from "./steps.js";
import {
  edgeOf,
  kNodeHeight,
  kNodeWidth,
  shortToken,
  sizeOf,
  xOf,
  xOfStep,
  yOf,
} from "./tree-layout.js";

const kNumberY = 12; // px, of the steps' numbers
const kNumberSize = 11;
const kTokenSize = 12;

export function treeSvg(tree: readonly TreeNode[][], look: Look): string {
  const nodes = tree.flat();
  const soft = { fill: look.palette["ink-soft"], "font-size": kNumberSize };
  const numbers = tree.map((_, i) => label(String(i + 1), { x: xOfStep(i), y: kNumberY, ...soft }));
  const edges = nodes.map((node) => edge(node, look));
  const drawn = nodes.map((node) => picturedNode(node, look));
  const content = [...numbers, ...edges, ...drawn].join("");
  return framedSvg({ content, ...sizeOf(tree) }, look);
}

function edge(node: TreeNode, { palette }: Look): string {
  if (!node.before) return "";
  const stroke = node.isOnPath
    ? { stroke: palette.accent, "stroke-width": 2 }
    : { stroke: palette["line-strong"], "stroke-opacity": "0.5" };
  return element("path", { d: edgeOf(node.before, node), fill: "none", ...stroke });
}

function picturedNode(node: TreeNode, { palette }: Look): string {
  const [x, y] = [xOf(node), yOf(node)];
  const box = { x, y: y - kNodeHeight / 2, width: kNodeWidth, height: kNodeHeight, rx: 4 };
  const paint = node.isOnPath
    ? { fill: palette["accent-soft"], stroke: palette.accent }
    : { fill: palette.surface, stroke: palette["line-strong"] };
  const end = node.finished ? { "stroke-dasharray": "3 2" } : {};
  const text = label(shortToken(node.token), {
    x: x + kNodeWidth / 2,
    y,
    "font-size": kTokenSize,
    "text-anchor": "middle",
    "dominant-baseline": "central",
    ...(node.isOnPath ? { "font-weight": "bold" } : { fill: palette["ink-soft"] }),
  });
  const about = title(`${node.text} ${node.score.toFixed(3)}`);
  const attributes = { "data-score": node.score.toPrecision(6) };
  return element("g", attributes, about + element("rect", { ...box, ...paint, ...end }) + text);
}

/** Every step as the engine told it: the texts that were kept, and what each was chosen from. */
export function stepsJson(steps: readonly Step[], tree: readonly TreeNode[][]): string {
  return JSON.stringify({
    steps: steps.map(({ hypotheses, candidates }, step) => ({
      hypotheses: hypotheses.map((hypothesis, i) => ({
        ...hypothesis,
        isOnPath: tree[step]![i]!.isOnPath,
      })),
      candidates,
    })),
  });
}
