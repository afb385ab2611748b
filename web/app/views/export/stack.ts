// Parts of a picture, one below the other.

import { element, label, span } from "./svg.js";
import { wrap, type Piece } from "./wrap.js";

const kLineHeight = 1.4; // ems
const kBaseline = 1.05; // ems below the top of a line

/** In pixels; `draw`: with its top at `y`. */
export interface Block {
  height: number;
  draw: (y: number) => string;
}

export function stack(blocks: readonly Block[]): Block {
  const draw = (top: number) => {
    let y = top;
    const drawn = blocks.map((block) => {
      const content = block.draw(y);
      y += block.height;
      return content;
    });
    return drawn.join("");
  };
  return { height: blocks.reduce((sum, { height }) => sum + height, 0), draw };
}

export function space(height: number): Block {
  return { height, draw: () => "" };
}

export interface ParagraphStyle {
  x: number;
  room: number;
  fontSize: number;
  fill: string;
  isBold?: boolean;
}

/** A text in as many lines as it takes. */
export function paragraph(pieces: readonly Piece[], style: ParagraphStyle): Block {
  const { x, room, fontSize, fill, isBold = false } = style;
  const lines = wrap(pieces, room, fontSize);
  const step = kLineHeight * fontSize;
  const look = { "font-size": fontSize, fill, ...(isBold ? { "font-weight": "bold" } : {}) };
  const draw = (y: number) =>
    lines.map((line, i) => inOneLine(line, { x, y: y + i * step + kBaseline * fontSize, ...look }));
  return { height: lines.length * step, draw: (y) => draw(y).join("") };
}

function inOneLine(pieces: readonly Piece[], attributes: Record<string, string | number>): string {
  if (!pieces.some(({ isMoved }) => isMoved))
    return label(pieces.map(({ text }) => text).join(""), attributes);
  const kMark = { "font-weight": "bold", "text-decoration": "underline" };
  const spans = pieces.map(({ text, isMoved }) => span(text, isMoved ? kMark : {}));
  return element("text", attributes, spans.join(""));
}
