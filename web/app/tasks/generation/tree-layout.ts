// Where the texts of a beam search are, in pixels: steps from left to right, the beams below each
// other.

import { shownToken } from "../../state/tokens.js";
import type { TreeNode } from "./steps.js";

export const kColumn = 92; // for each step
export const kNodeWidth = 76;
export const kNodeHeight = 22;
const kRow = 30; // for each text
const kInset = 4; // before a node
const kTop = 22; // for the numbers of the steps
const kLongest = 8; // letters

type Placed = Pick<TreeNode, "step" | "index">;

export const xOfStep = (step: number) => step * kColumn + kInset;
export const xOf = ({ step }: Placed) => xOfStep(step);
/** Of the node's middle. */
export const yOf = ({ index }: Placed) => kTop + index * kRow + kNodeHeight / 2;

export function sizeOf(tree: readonly TreeNode[][]): { width: number; height: number } {
  const rows = tree.reduce((most, nodes) => Math.max(most, nodes.length), 0);
  return { width: tree.length * kColumn, height: kTop + rows * kRow };
}

/** The line between two nodes, as an SVG path. */
export function edgeOf(from: Placed, to: Placed): string {
  const [x1, x2] = [xOf(from) + kNodeWidth, xOf(to)];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${yOf(from)}C${middle} ${yOf(from)} ${middle} ${yOf(to)} ${x2} ${yOf(to)}`;
}

/** As much of a token as fits into its node. */
export function shortToken(token: string): string {
  const letters = Array.from(shownToken(token));
  if (letters.length <= kLongest) return letters.join("");
  return `${letters.slice(0, kLongest - 1).join("")}…`;
}
