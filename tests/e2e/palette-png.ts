// Writes a PNG with a palette: pictures of a page have few colours, and their files are a third as
// large. PNG specification, third edition, sections 5, 9 and 11.

import { crc32, deflateSync } from "node:zlib";

const kMostColours = 256;
const kFrequentColours = 160; // the others are rare, and unlike these
const kSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const kBitDepth = 8;
const kIndexed = 3; // the colour type
const kChannels = 4; // red, green, blue, alpha

export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue, alpha; opaque. */
  data: Uint8Array;
}

/** `pixels` with 256 colours at most; those that are left out become the nearest of these. */
export function encodePalettePng(pixels: Pixels): Buffer {
  const colours = coloursOf(pixels);
  const palette = paletteOf(countOf(colours));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.width, 0);
  header.writeUInt32BE(pixels.height, 4);
  header.set([kBitDepth, kIndexed], 8);
  const rows = indexRows(colours, pixels.width, palette);
  return Buffer.concat([
    kSignature,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(channelsOf))),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The most frequent colours, and those that would be furthest from any of them. */
function paletteOf(counts: Map<number, number>): number[] {
  const all = [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .map(([colour]) => colour);
  if (all.length <= kMostColours) return all;
  const palette = all.slice(0, kFrequentColours);
  const errors = all.map((colour) => distance(nearest(palette, colour), colour));
  while (palette.length < kMostColours) {
    const worst = all[errors.indexOf(Math.max(...errors))]!;
    palette.push(worst);
    all.forEach((colour, i) => (errors[i] = Math.min(errors[i]!, distance(worst, colour))));
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  return palette.reduce((best, one) =>
    distance(one, colour) < distance(best, colour) ? one : best,
  );
}

function distance(a: number, b: number): number {
  const [from, to] = [channelsOf(a), channelsOf(b)];
  return from.reduce((sum, channel, i) => sum + (channel - to[i]!) ** 2, 0);
}

const channelsOf = (colour: number) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];

/** One number for each pixel: 0xRRGGBB. */
function coloursOf({ data }: Pixels): Uint32Array {
  return Uint32Array.from({ length: data.length / kChannels }, (_, i) => {
    const at = i * kChannels;
    return (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
  });
}

function countOf(colours: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  return counts;
}

/** Each row after a 0, "not filtered": neighbouring indices have nothing to do with each other. */
function indexRows(colours: Uint32Array, width: number, palette: readonly number[]): Buffer {
  const indices = new Map(palette.map((colour, index) => [colour, index]));
  const height = colours.length / width;
  const rows = Buffer.alloc(height * (width + 1));
  colours.forEach((colour, i) => {
    const index = indices.get(colour) ?? indices.get(nearest(palette, colour))!;
    indices.set(colour, index);
    rows[i + Math.floor(i / width) + 1] = index;
  });
  return rows;
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
