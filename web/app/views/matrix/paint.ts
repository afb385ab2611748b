// Pixels of the matrix: the part that is visible, and thumbnails.

import type { ColorScale } from "./colors.js";
import type { MatrixLayout, Scroll } from "./geometry.js";
import { visibleRange } from "./geometry.js";

const kGap = 1; // px between cells
const kSmallCell = 8; // px; gaps between smaller cells would take more room than they are worth
const kMaxThumbnail = 48; // cells along an edge; more could not be told apart

export interface Picture {
  weights: Float32Array;
  layout: MatrixLayout;
  scroll: Scroll;
  color: ColorScale;
  /** Keys behind their query are masked, and left blank. */
  isCausal: boolean;
}

/** Paints the cells in view; `width` and `height` are those of the cells' window in CSS pixels. */
export function paintCells(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: Picture,
): void {
  const { weights, layout, scroll, color, isCausal } = picture;
  const [firstKey, endKey] = visibleRange(layout.cell, layout.columns, scroll.x, width);
  const [firstQuery, endQuery] = visibleRange(layout.cell, layout.rows, scroll.y, height);
  context.clearRect(0, 0, width, height);
  if (layout.cell < kSmallCell) {
    const range = { firstQuery, endQuery, firstKey, endKey };
    paintDense(context, picture, range);
    return;
  }
  const edge = layout.cell - kGap;
  for (let query = firstQuery; query < endQuery; query += 1) {
    const y = query * layout.cell - scroll.y;
    const end = isCausal ? Math.min(endKey, query + 1) : endKey;
    for (let key = firstKey; key < end; key += 1) {
      context.fillStyle = color.css(weights[query * layout.columns + key]!);
      context.fillRect(key * layout.cell - scroll.x, y, edge, edge);
    }
  }
}

interface CellRange {
  firstQuery: number;
  endQuery: number;
  firstKey: number;
  endKey: number;
}

/** A quarter of a million small cells: one pixel each, enlarged in one go. */
function paintDense(
  context: CanvasRenderingContext2D,
  { weights, layout, scroll, color, isCausal }: Picture,
  { firstQuery, endQuery, firstKey, endKey }: CellRange,
): void {
  const [rows, columns] = [endQuery - firstQuery, endKey - firstKey];
  if (rows <= 0 || columns <= 0) return;
  const pixels = new Uint32Array(rows * columns); // 0 is transparent
  for (let row = 0; row < rows; row += 1) {
    const query = firstQuery + row;
    const end = isCausal ? Math.min(endKey, query + 1) : endKey;
    for (let key = firstKey; key < end; key += 1)
      pixels[row * columns + key - firstKey] = color.pixel(weights[query * layout.columns + key]!);
  }
  const small = new OffscreenCanvas(columns, rows);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns);
  small.getContext("2d")!.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  const [x, y] = [firstKey * layout.cell - scroll.x, firstQuery * layout.cell - scroll.y];
  context.drawImage(small, x, y, columns * layout.cell, rows * layout.cell);
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

/** Weights [rows, columns], row-major. */
export interface Grid {
  values: Float32Array;
  rows: number;
  columns: number;
}

/** One pixel per cell; of a long text, the largest weight of each block. */
export function paintThumbnail(canvas: HTMLCanvasElement, grid: Grid, color: ColorScale): void {
  paintPixels(canvas, shrink(grid, kMaxThumbnail), color);
}

/** One pixel per cell. */
export function paintPixels(canvas: HTMLCanvasElement, grid: Grid, color: ColorScale): void {
  const { values, rows, columns } = grid;
  canvas.width = columns;
  canvas.height = rows;
  const pixels = Uint32Array.from(values, color.pixel);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), columns);
  contextOf(canvas).putImageData(image, 0, 0);
}

/** The maximum over blocks, so that no strong weight vanishes; at most `most` along each edge. */
export function shrink(grid: Grid, most: number): Grid {
  if (grid.rows <= most && grid.columns <= most) return grid;
  const rowBlocks = blocks(grid.rows, most);
  const columnBlocks = blocks(grid.columns, most);
  const [rows, columns] = [Math.min(grid.rows, most), Math.min(grid.columns, most)];
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < grid.rows; row += 1) {
    const first = rowBlocks[row]! * columns;
    for (let column = 0; column < grid.columns; column += 1) {
      const block = first + columnBlocks[column]!;
      const weight = grid.values[row * grid.columns + column]!;
      if (weight > values[block]!) values[block] = weight;
    }
  }
  return { values, rows, columns };
}

/** For each of `n` places, the block it belongs to. */
function blocks(n: number, most: number): Uint16Array {
  return Uint16Array.from({ length: n }, (_, i) => (n <= most ? i : Math.floor((i * most) / n)));
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser gives no 2d canvas");
  return context;
}
