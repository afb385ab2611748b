// A picture of the documentation: written only when it shows something else than the one there, so
// that a run without changes leaves the working tree as it was.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { encodePalettePng, type Pixels } from "./palette-png.js";

// What differs less is the rounding of colours to a palette, or of one build's numbers.
const kSamePixel = 0.1; // pixelmatch's distance, from 0 to 1
const kSameShare = 1e-4; // of all pixels

/** `shot`: a PNG as the browser gives it. Returns the bytes of the file. */
export function keepPicture(path: string, shot: Buffer): Buffer {
  const fresh = PNG.sync.read(shot);
  const known = existsSync(path) ? readFileSync(path) : null;
  if (known !== null && looksSame(PNG.sync.read(known), fresh)) return known;
  const file = encodePalettePng(fresh);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file);
  return file;
}

export function looksSame(a: Pixels, b: Pixels): boolean {
  if (a.width !== b.width || a.height !== b.height) return false;
  const options = { threshold: kSamePixel };
  const different = pixelmatch(a.data, b.data, undefined, a.width, a.height, options);
  return different <= kSameShare * a.width * a.height;
}
