// What a model said before and after something was changed, side by side.

import { fitLabel } from "../matrix/geometry.js";
import { framedSvg } from "./framed-svg.js";
import type { Outcome, Score } from "./outcome.js";
import type { Look } from "./palette.js";
import { paragraph, space, stack, type Block } from "./stack.js";
import { kPictureFont } from "./style.js";
import { element, label, title } from "./svg.js";
import { plain, type Piece } from "./wrap.js";

const kSide = 352; // px, width
const kGap = 16; // px between the sides, and inside around each
const kRoom = kSide - 2 * kGap;
const kSaidFont = 17;
const kSmallGap = 6;
const kWritten = 64; // px for a value
const kRow = 20; // px, a name and its value
const kBar = 8; // px, height

export interface Side {
  title: string;
  /** What was read; nothing: as in the page's own text. */
  text: readonly Piece[];
  outcome: Outcome;
}

/** `note`: above both; nothing: there is none. */
export function pairSvg(
  note: readonly Piece[],
  [before, after]: readonly [Side, Side],
  look: Look,
): string {
  const width = 2 * kSide + kGap;
  const style = { x: 0, room: width, fontSize: kPictureFont, fill: look.palette["ink-soft"] };
  const top = note.length > 0 ? stack([paragraph(note, style), space(kGap)]) : space(0);
  const sides = [before, after].map((side) => sideOf(side, look));
  const height = Math.max(...sides.map((side) => side.height)) + 2 * kGap;
  const drawn = sides.map((side, i) =>
    element(
      "g",
      { transform: `translate(${i * (kSide + kGap)} ${top.height})` },
      [
        element("rect", { x: 0, y: 0, width: kSide, height, rx: 6, ...boxOf(look) }),
        side.draw(kGap),
      ].join(""),
    ),
  );
  const content = top.draw(0) + drawn.join("");
  return framedSvg({ content, width, height: top.height + height }, look);
}

function boxOf({ palette }: Look) {
  return { fill: palette.surface, stroke: palette["line-strong"] };
}

function sideOf({ title, text, outcome }: Side, look: Look): Block {
  const { ink, "ink-soft": soft } = look.palette;
  const style = { x: kGap, room: kRoom, fontSize: kPictureFont, fill: ink };
  return stack([
    paragraph(plain(title), { ...style, fill: soft, isBold: true }),
    space(kSmallGap),
    ...(text.length > 0 ? [paragraph(text, style), space(kSmallGap)] : []),
    paragraph(plain(outcome.said), { ...style, fontSize: kSaidFont, isBold: true }),
    space(kSmallGap),
    ...outcome.scores.map((score) => scoreOf(score, look)),
  ]);
}

function scoreOf(score: Score, { palette }: Look): Block {
  const { name, value, written, paint } = score;
  const draw = (y: number) => {
    const line = { y: y + kPictureFont, "font-size": kPictureFont };
    const content = [
      title(`${name || score.label}: ${value.toPrecision(6)}`),
      label(fitLabel(score.label, kRoom - kWritten, kPictureFont), { x: kGap, ...line }),
      label(written, { x: kGap + kRoom, "text-anchor": "end", ...line }),
      paint === null ? "" : bar({ y: y + kRow, share: value, paint: palette[paint] }, palette),
    ];
    const numbers = { "data-name": name, "data-value": value.toPrecision(6) };
    return element("g", numbers, content.join(""));
  };
  return { height: paint === null ? kRow : kRow + kBar + kSmallGap, draw };
}

function bar(
  { y, share, paint }: { y: number; share: number; paint: string },
  { sunken }: Look["palette"],
): string {
  const box = { x: kGap, y, height: kBar, rx: 3 };
  return (
    element("rect", { ...box, width: kRoom, fill: sunken }) +
    element("rect", { ...box, width: share * kRoom, fill: paint })
  );
}
