// From a weight to a colour. One hue, lightness alone carries the value, so it reads the same for every kind of colour
// vision, in print, and on both backgrounds. The square root keeps the many small weights apart without hiding that
// they are small: the legend shows it.

import { interpolateLab, piecewise } from "d3-interpolate";
import { scaleSequentialSqrt } from "d3-scale";

const kLight = ["#f1f1f6", "#a9a6ec", "#4f46c8", "#17124f"];
const kDark = ["#1a1d26", "#3f3a9c", "#8b87f2", "#f1f0ff"];
const kSteps = 256;

export type ColorScale = (weight: number) => string;

/** Looks up one of 256 colours: a long text has a quarter of a million cells. */
export function colorScale(isDark: boolean): ColorScale {
  const scale = scaleSequentialSqrt(piecewise(interpolateLab, isDark ? kDark : kLight)).domain([
    0, 1,
  ]);
  const colors = Array.from({ length: kSteps + 1 }, (_, i) => scale((i / kSteps) ** 2));
  return (weight) => colors[Math.round(kSteps * Math.sqrt(Math.max(0, Math.min(1, weight))))]!;
}

/** Where a weight lies along the legend, 0 to 1: evenly in colour. */
export function legendPosition(weight: number): number {
  return Math.sqrt(weight);
}
