// From a weight to a colour. One hue, lightness alone carries the value, so it reads the same for
// every kind of colour vision, in print, and on both backgrounds. The square root keeps the many
// small weights apart without hiding that they are small: the legend shows it.

import { interpolateLab, piecewise } from "d3-interpolate";
import { scaleSequentialSqrt } from "d3-scale";

const kLight = ["#f1f1f6", "#a9a6ec", "#4f46c8", "#17124f"];
const kDark = ["#1a1d26", "#3f3a9c", "#8b87f2", "#f1f0ff"];
const kSteps = 256;
const kOpaque = 0xff000000;

/** A lookup: a long text has a quarter of a million cells for each head. */
export interface ColorScale {
  css: (weight: number) => string;
  /** For a Uint32Array over ImageData: alpha, blue, green, red from the highest byte down. */
  pixel: (weight: number) => number;
}

export function colorScale(isDark: boolean): ColorScale {
  const scale = scaleSequentialSqrt(piecewise(interpolateLab, isDark ? kDark : kLight)).domain([
    0, 1,
  ]);
  const colors = Array.from({ length: kSteps + 1 }, (_, i) => scale((i / kSteps) ** 2));
  const pixels = Uint32Array.from(colors, pixelOf);
  const step = (weight: number) => Math.round(kSteps * Math.sqrt(Math.max(0, Math.min(1, weight))));
  return { css: (weight) => colors[step(weight)]!, pixel: (weight) => pixels[step(weight)]! };
}

// Below zero the page's negative colour, above it the positive one, the ground between them.
const kSigned = {
  light: ["#b4490e", "#e9b48f", "#ffffff", "#8cc3cd", "#0b7285"],
  dark: ["#ff9e64", "#7d5238", "#14171d", "#2f6a75", "#56cfe1"],
};

/** For values from -1 to 1; what is beyond has the last colour. */
export function signedScale(isDark: boolean): ColorScale {
  const scale = piecewise(interpolateLab, isDark ? kSigned.dark : kSigned.light);
  const colors = Array.from({ length: kSteps + 1 }, (_, i) => scale(i / kSteps));
  const pixels = Uint32Array.from(colors, pixelOf);
  const step = (value: number) => Math.round((kSteps * (1 + Math.max(-1, Math.min(1, value)))) / 2);
  return { css: (value) => colors[step(value)]!, pixel: (value) => pixels[step(value)]! };
}

/** `color`: "rgb(r, g, b)". */
function pixelOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map(Number);
  return (kOpaque | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Where a weight lies along the legend, 0 to 1: evenly in colour. */
export function legendPosition(weight: number): number {
  return Math.sqrt(weight);
}
