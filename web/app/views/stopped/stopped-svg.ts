// The answers after 0, 1, 2, ... layers, as a picture and as numbers.

import { framedSvg } from "../export/framed-svg.js";
import { paintOf } from "../export/outcome.js";
import type { Look } from "../export/palette.js";
import { paragraph, stack, type Block } from "../export/stack.js";
import { kPictureFont } from "../export/style.js";
import { element, label, title } from "../export/svg.js";
import { plain } from "../export/wrap.js";
import type { StoppedRow } from "./stopped.js";

const kWidth = 720; // px
const kCount = 144; // px, for the number of layers
const kTrack = 216; // px, the width of all of the probability
const kScore = 64; // px, for the probability in words
const kGap = 16; // px between columns
const kPad = 8; // px above and below what a row holds
const kBar = 12; // px, height
const kRemarkFont = 11;
const kTrackX = kWidth - kScore - kTrack;

/** An answer, and after how many layers it is the model's. */
export interface Stop {
  layers: number;
  row: StoppedRow;
}

export interface StoppedWords {
  count: (layers: number) => string;
  /** "" for most. */
  remark: (layers: number) => string;
  probability: (value: number) => string;
}

/** `final`: what the whole model answers: rows that say the same are marked, as in the page. */
export function stoppedSvg(
  stops: readonly Stop[],
  final: string,
  look: Look,
  words: StoppedWords,
): string {
  const rows = stack(stops.map((stop) => rowOf(stop, final, look, words)));
  return framedSvg({ content: rows.draw(0), width: kWidth, height: rows.height }, look);
}

function rowOf({ layers, row }: Stop, final: string, look: Look, words: StoppedWords): Block {
  const { ink, "ink-soft": soft, "line-strong": line } = look.palette;
  const count = { x: 0, room: kCount, fontSize: kPictureFont, fill: ink };
  const remark = words.remark(layers);
  const left = stack([
    paragraph(plain(words.count(layers)), count),
    ...(remark ? [paragraph(plain(remark), { ...count, fontSize: kRemarkFont, fill: soft })] : []),
  ]);
  const isFinal = row.text === final;
  const x = kCount + kGap;
  const text = paragraph(plain(row.text || "∅"), {
    x,
    room: (row.score === null ? kWidth : kTrackX - kGap) - x,
    fontSize: kPictureFont,
    fill: isFinal ? ink : soft,
    isBold: isFinal,
  });
  const height = Math.max(left.height, text.height) + 2 * kPad;
  const draw = (y: number) => {
    const rule = { x1: 0, x2: kWidth, y1: y, y2: y, stroke: line, "stroke-opacity": "0.4" };
    const content = [
      title(`${words.count(layers)}: ${row.text}`),
      layers > 0 ? element("line", rule) : "",
      left.draw(y + kPad),
      text.draw(y + kPad),
      row.score === null ? "" : barOf(row, y + kPad, look),
      row.score === null
        ? ""
        : label(words.probability(row.score), {
            x: kWidth,
            y: y + kPad + kPictureFont,
            "text-anchor": "end",
          }),
    ];
    const score = row.score === null ? {} : { "data-score": row.score.toPrecision(6) };
    return element("g", { "data-layers": layers, ...score }, content.join(""));
  };
  return { height, draw };
}

function barOf({ shares }: StoppedRow, top: number, { palette }: Look): string {
  const [y, height] = [top + (kPictureFont - kBar) / 2 + 2, kBar];
  let x = kTrackX;
  const parts = shares.map(({ name, share }) => {
    const width = share * kTrack;
    const numbers = { "data-label": name, "data-share": share.toPrecision(6) };
    const part = element("rect", { x, y, width, height, fill: palette[paintOf(name)], ...numbers });
    x += width;
    return part;
  });
  const track = { x: kTrackX, y, width: kTrack, height, fill: palette.sunken };
  return element("rect", track) + parts.join("");
}

/** `layers`: how many the whole model has. */
export function stoppedJson(stops: readonly Stop[], layers: number): string {
  return JSON.stringify({
    layers,
    answers: stops.map(({ layers, row: { text, score, shares } }) => ({
      layers,
      text,
      probability: score,
      shares: shares.map(({ name, share }) => ({ name, probability: share })),
    })),
  });
}
