// A colour for each head. No dozen colours can be told apart by everybody, and so heads also carry
// numbers, and can be looked at one by one; all are equally light, so that none stands out.

import { hcl } from "d3-color";

const kChroma = 62;
const kFirstHue = 275; // the page's accent
const kLightness = { light: 50, dark: 72 };

/** "rgb(r, g, b)" for each of so many heads, neighbours far apart on the circle of hues. */
export function headColors(heads: number, isDark: boolean): string[] {
  const lightness = isDark ? kLightness.dark : kLightness.light;
  const step = strideFor(heads);
  return Array.from({ length: heads }, (_, head) => {
    const hue = kFirstHue + (360 / heads) * ((head * step) % heads);
    return hcl(hue, kChroma, lightness).rgb().clamp().formatRgb();
  });
}

/** About two fifths of the circle, and without a common divisor, so that every hue has its turn. */
function strideFor(heads: number): number {
  const divides = (a: number, b: number): boolean => (b === 0 ? a === 1 : divides(b, a % b));
  let stride = Math.max(1, Math.round(heads * 0.4));
  while (!divides(heads, stride)) stride += 1;
  return stride;
}
