// The documentation's pictures are written only when they show something else, and with a palette.

import { mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, describe, expect, test } from "vitest";
import { encodePalettePng } from "../e2e/palette-png.js";
import { keepPicture, looksSame } from "../e2e/picture-file.js";

const kSide = 64;

type Colour = readonly [red: number, green: number, blue: number];

function picture(colourAt: (x: number, y: number) => Colour): PNG {
  const image = new PNG({ width: kSide, height: kSide });
  for (let i = 0; i < kSide * kSide; i += 1)
    image.data.set([...colourAt(i % kSide, Math.floor(i / kSide)), 255], 4 * i);
  return image;
}

const kPlain = picture((x, y) => [(x >> 3) * 30, (y >> 3) * 30, 200]);
const kGradient = picture((x, y) => [4 * x, 4 * y, x + y]);

describe("a PNG with a palette", () => {
  test("is read again as it was, with no more colours than fit", () => {
    const again = PNG.sync.read(encodePalettePng(kPlain));
    expect([again.width, again.height]).toEqual([kSide, kSide]);
    expect(again.data.equals(kPlain.data)).toBe(true);
  });

  test("has the nearest colours where there are more", () => {
    const again = PNG.sync.read(encodePalettePng(kGradient));
    expect(again.data.equals(kGradient.data)).toBe(false);
    const colours = new Set<number>();
    for (let i = 0; i < again.data.length; i += 4) colours.add(again.data.readUInt32BE(i));
    expect(colours.size).toBe(256);
  });
});

describe("a picture", () => {
  const folder = mkdtempSync(join(tmpdir(), "pictures-"));
  const path = join(folder, "views/one.png");
  afterAll(() => rmSync(folder, { recursive: true }));

  const changed = picture((x, y) => (x < 8 && y < 8 ? [255, 255, 255] : [0, 0, 200]));
  const nearly = picture((x, y) => [(x >> 3) * 30 + 1, (y >> 3) * 30, 199]);

  test("is left alone while it shows the same, and replaced when it does not", () => {
    keepPicture(path, PNG.sync.write(kPlain));
    const kLongAgo = new Date(0);
    utimesSync(path, kLongAgo, kLongAgo);
    keepPicture(path, PNG.sync.write(nearly));
    expect(statSync(path).mtime).toEqual(kLongAgo);
    const file = keepPicture(path, PNG.sync.write(changed));
    expect(statSync(path).mtime).not.toEqual(kLongAgo);
    expect(looksSame(PNG.sync.read(file), changed)).toBe(true);
  });

  test("of another size shows something else", () => {
    expect(looksSame(kPlain, new PNG({ width: kSide, height: 2 * kSide }))).toBe(false);
  });
});
