// The words and what the answer loses without each, as a picture and as numbers.

import { framedSvg } from "../export/framed-svg.js";
import type { Look } from "../export/palette.js";
import { kPictureFont } from "../export/style.js";
import { element, label, title } from "../export/svg.js";
import { labelWidth } from "../matrix/geometry.js";
import { extentOf, type Occluded, type Word } from "./occlusion.js";

const kWidth = 720; // px; words that do not fit go on in the next line
const kWordFont = 15;
const kNumberFont = 11;
const kBox = 42; // px, height
const kLine = 50; // px
const kGap = 4; // px between words, and twice on each side of one
const kPartGap = 14; // px between two texts
const kFullest = 0.6; // opacity of the strongest colour: the text on it stays readable

/** `write`: a change as a reader of the page's language writes it. */
export function occlusionSvg(
  { words, changes }: Occluded,
  look: Look,
  write: (change: number) => string,
): string {
  const extent = extentOf(changes);
  let [x, y, part, width] = [0, 0, 0, 0];
  const content = changes.map((change, i) => {
    const word = words[i]!;
    const own = widthOf(word, write(change));
    const isNewPart = word.part !== part;
    if (isNewPart || (x > 0 && x + own > kWidth)) [x, y] = [0, y + kLine];
    if (isNewPart) [y, part] = [y + kPartGap, word.part];
    const box = { x, y, width: own };
    x += own + kGap;
    width = Math.max(width, x - kGap);
    return pictured(word, box, { change, extent, written: write(change) }, look);
  });
  return framedSvg({ content: content.join(""), width, height: y + kBox }, look);
}

function widthOf({ text }: Word, number: string): number {
  const widest = Math.max(labelWidth(text, kWordFont), labelWidth(number, kNumberFont));
  return widest + 4 * kGap;
}

function pictured(
  { text }: Word,
  { x, y, width }: { x: number; y: number; width: number },
  { change, extent, written }: { change: number; extent: number; written: string },
  { palette }: Look,
): string {
  const share = Math.min(1, Math.abs(change) / extent);
  const color = change < 0 ? palette.positive : palette.negative;
  const paint = { fill: color, "fill-opacity": (kFullest * share).toFixed(3) };
  const middle = { x: x + width / 2, "text-anchor": "middle" };
  const content = [
    title(`${text}: ${change.toPrecision(6)}`),
    element("rect", { x, y, width, height: kBox, rx: 3, ...paint }),
    label(text, { ...middle, y: y + kWordFont + kGap, "font-size": kWordFont }),
    label(written, { ...middle, y: y + kBox - kPictureFont / 2, "font-size": kNumberFont }),
  ];
  return element("g", { "data-change": change.toPrecision(6) }, content.join(""));
}

/** `said`: what the model says with all words, and how likely it is then; `texts`: their names. */
export function occlusionJson(
  { full, words, changes }: Occluded,
  said: string,
  texts: readonly string[],
): string {
  const measured = changes.map((change, i) => {
    const { text, part, tokens } = words[i]!;
    return { text, in: texts[part], tokens, change };
  });
  return JSON.stringify({ said, probability: full, words: measured });
}
