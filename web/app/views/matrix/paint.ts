// Pixels of the matrix: the part that is visible, and thumbnails.

import type { ColorScale } from "./colors.js";
import type { MatrixLayout, Scroll } from "./geometry.js";
import { visibleRange } from "./geometry.js";

const kGap = 1; // px between cells
const kMaxThumbnail = 48; // cells along an edge; more could not be told apart

export interface Picture {
  weights: Float32Array;
  layout: MatrixLayout;
  scroll: Scroll;
  color: ColorScale;
}

/** Paints the cells in view; `width` and `height` are those of the cells' window in CSS pixels. */
export function paintCells(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: Picture,
): void {
  const { weights, layout, scroll, color } = picture;
  const [firstKey, endKey] = visibleRange(layout, scroll.x, width);
  const [firstQuery, endQuery] = visibleRange(layout, scroll.y, height);
  const edge = layout.cell - kGap;
  context.clearRect(0, 0, width, height);
  for (let query = firstQuery; query < endQuery; query += 1) {
    const y = query * layout.cell - scroll.y;
    for (let key = firstKey; key < endKey; key += 1) {
      context.fillStyle = color.css(weights[query * layout.n + key]!);
      context.fillRect(key * layout.cell - scroll.x, y, edge, edge);
    }
  }
}

/**
 * Makes the canvas as many device pixels as it covers, and gives a context that counts in CSS
 * pixels.
 */
export function prepare(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

/** One pixel per cell; of a long text, the largest weight of each block. */
export function paintThumbnail(
  canvas: HTMLCanvasElement,
  weights: Float32Array,
  color: ColorScale,
): void {
  const { values, edge } = shrink(weights, Math.sqrt(weights.length), kMaxThumbnail);
  canvas.width = edge;
  canvas.height = edge;
  const pixels = Uint32Array.from(values, color.pixel);
  contextOf(canvas).putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), edge), 0, 0);
}

/** The maximum over blocks, so that no strong weight vanishes. `weights`: [n, n]. */
export function shrink(
  weights: Float32Array,
  n: number,
  most: number,
): { values: Float32Array; edge: number } {
  if (n <= most) return { values: weights, edge: n };
  const values = new Float32Array(most * most);
  const blocks = Uint16Array.from({ length: n }, (_, i) => Math.floor((i * most) / n));
  for (let query = 0; query < n; query += 1) {
    const row = blocks[query]! * most;
    for (let key = 0; key < n; key += 1) {
      const block = row + blocks[key]!;
      const weight = weights[query * n + key]!;
      if (weight > values[block]!) values[block] = weight;
    }
  }
  return { values, edge: most };
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2d canvas");
  return context;
}
