// Where the words and lines of an alignment are, in pixels: the source above, the target below.

import { labelWidth } from "../../views/matrix/geometry.js";
import type { Alignment } from "./alignment.js";

export const kFont = 17;
export const kWordHeight = 30;
const kPadding = 9; // on each side of a word
const kGap = 6; // between words
const kBetween = 84; // between the two lines of words

export interface WordBox {
  text: string;
  x: number;
  width: number;
}

export interface AlignmentLayout {
  source: readonly WordBox[];
  target: readonly WordBox[];
  /** Where the boxes of the target begin. */
  targetTop: number;
  width: number;
  height: number;
}

export function layoutOf({ source, target }: Alignment): AlignmentLayout {
  const [above, below] = [placed(source), placed(target)];
  const targetTop = kWordHeight + kBetween;
  return {
    source: above,
    target: below,
    targetTop,
    width: Math.max(endOf(above), endOf(below)),
    height: targetTop + kWordHeight,
  };
}

function placed(words: readonly string[]): WordBox[] {
  let x = 0;
  return words.map((text) => {
    const box = { text, x, width: labelWidth(text, kFont) + 2 * kPadding };
    x += box.width + kGap;
    return box;
  });
}

function endOf(boxes: readonly WordBox[]): number {
  const last = boxes.at(-1);
  return last ? last.x + last.width : 0;
}

/** The line of a link, as an SVG path. */
export function pathOf(
  { source, target, targetTop }: AlignmentLayout,
  link: { source: number; target: number },
): string {
  const [from, to] = [middle(source[link.source]!), middle(target[link.target]!)];
  const bend = (kWordHeight + targetTop) / 2;
  return `M${from} ${kWordHeight}C${from} ${bend} ${to} ${bend} ${to} ${targetTop}`;
}

function middle({ x, width }: WordBox): number {
  return x + width / 2;
}
