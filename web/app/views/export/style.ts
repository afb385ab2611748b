// The look of an exported picture.

import type { ColorScale } from "../matrix/colors.js";

export interface PictureStyle {
  /** What the picture shows, in words. */
  title: string;
  color: ColorScale;
  /** One for each head. */
  headColors: readonly string[];
  paper: string;
  ink: string;
}

export const kPictureFont = 13; // px
export const kMargin = 16; // px

/** The theme's own colours, as the page has them now. */
export function themeColors(): Pick<PictureStyle, "paper" | "ink"> {
  const { backgroundColor, color } = getComputedStyle(document.body);
  return { paper: backgroundColor, ink: color };
}
