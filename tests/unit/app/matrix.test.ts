import { describe, expect, it } from "vitest";
import { colorScale, legendPosition } from "../../../web/app/views/matrix/colors.js";
import {
  fitLabel,
  layoutFor,
  scrollAfterZoom,
  scrollToShow,
  placeAt,
  visibleRange,
} from "../../../web/app/views/matrix/geometry.js";
import { moveCell } from "../../../web/app/views/matrix/keyboard.js";
import { zoomAfter } from "../../../web/app/views/matrix/zoom.js";
import { shrink } from "../../../web/app/views/matrix/paint.js";

const words = (n: number) => Array.from({ length: n }, (_, i) => `word${i}`);
const square = (labels: string[]) => ({ queries: labels, keys: labels });
const kRoom = { width: 600, height: 600, text: 16 };

describe("layout", () => {
  it("fills the room with a short text, and no more", () => {
    const layout = layoutFor(square(words(12)), kRoom);
    expect(layout.width).toBeLessThanOrEqual(kRoom.width);
    expect(layout.height).toBeLessThanOrEqual(kRoom.height);
    expect(layout.cell).toBeGreaterThan(30);
  });

  it("grows with the page's text", () => {
    const large = layoutFor(square(words(12)), { width: 1200, height: 1200, text: 32 });
    expect(large.fontSize).toBe(2 * layoutFor(square(words(12)), kRoom).fontSize);
    expect(large.cell).toBeGreaterThan(60);
  });

  it("reaches beyond the room with a long text, in cells that stay readable", () => {
    const layout = layoutFor(square(words(512)), kRoom);
    expect(layout.cell).toBe(18);
    expect(layout.width).toBeGreaterThan(512 * 18);
  });

  it("shows all of a long text at its smallest zoom, with some of its labels", () => {
    const { fitZoom } = layoutFor(square(words(300)), kRoom);
    expect(fitZoom).toBeLessThan(1);
    const layout = layoutFor(square(words(300)), kRoom, fitZoom);
    expect(layout.cell).toBe(1);
    expect(layout.width).toBeLessThanOrEqual(kRoom.width);
    expect(layout.stride).toBeGreaterThan(10);
    expect(layoutFor(square(words(300)), kRoom, fitZoom / 9).cell).toBe(layout.cell);
    expect(layoutFor(square(words(12)), kRoom).fitZoom).toBe(1);
    expect(layoutFor(square(words(12)), kRoom).stride).toBe(1);
  });

  it("keeps what is under the pointer there when it zooms", () => {
    // 100 px into the window, 500 px scrolled: cell 60 of 10 px; of 20 px it begins at 1200.
    expect(scrollAfterZoom(500, 100, 10, 20)).toBe(1100);
    expect(scrollAfterZoom(1100, 100, 20, 10)).toBe(500);
    expect(scrollAfterZoom(0, 300, 20, 10)).toBe(0);
  });

  it("zooms by plus, minus and 0, and leaves the browser's own zoom alone", () => {
    const key = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });
    expect(zoomAfter(key("+"), 1, 0.1)).toBe(1.5);
    expect(zoomAfter(key("-"), 1.5, 0.1)).toBe(1);
    expect(zoomAfter(key("0"), 1, 0.1)).toBe(0.1);
    expect(zoomAfter(key("0", true), 1, 0.1)).toBeNull();
    expect(zoomAfter(key("a"), 1, 0.1)).toBeNull();
  });

  it("leaves most of a phone to the cells, and cuts long labels", () => {
    const layout = layoutFor(square(["antidisestablishmentarianism", "它"]), {
      width: 280,
      height: 500,
      text: 16,
    });
    expect(layout.left).toBeLessThan(90);
    expect(fitLabel("antidisestablishmentarianism", layout.rowLabel, layout.fontSize)).toMatch(
      /^antid.*…$/,
    );
    expect(fitLabel("它", layout.rowLabel, layout.fontSize)).toBe("它");
  });

  it("never cuts a character in two", () => {
    const layout = layoutFor(square(["😀".repeat(40)]), { width: 280, height: 500, text: 16 });
    expect(fitLabel("😀".repeat(40), layout.columnLabel, layout.fontSize)).toMatch(/^(😀)+…$/u);
  });
});

describe("an oblong matrix", () => {
  const layout = layoutFor({ queries: words(3), keys: words(30) }, kRoom);

  it("has cells as large as its longer edge allows", () => {
    expect([layout.rows, layout.columns]).toEqual([3, 30]);
    expect(layout.cell).toBe(18);
    expect(layout.height).toBeLessThan(kRoom.height / 2);
  });

  it("ends where its tokens end", () => {
    const { left, top, cell } = layout;
    const none = { x: 0, y: 0 };
    expect(placeAt(layout, left + 29.5 * cell, top + 2.5 * cell, none)).toEqual({
      query: 2,
      key: 29,
    });
    expect(placeAt(layout, left + 5, top + 3.5 * cell, none)).toBeNull();
    expect(moveCell({ query: 2, key: 9 }, "ArrowDown", false, layout)).toEqual({
      query: 2,
      key: 9,
    });
    expect(moveCell({ query: 2, key: 9 }, "End", true, layout)).toEqual({ query: 2, key: 29 });
  });
});

describe("scrolling", () => {
  const layout = layoutFor(square(words(100)), kRoom); // cells of 18

  it("knows what is visible", () => {
    expect(visibleRange(18, 100, 0, 90)).toEqual([0, 5]);
    expect(visibleRange(18, 100, 27, 90)).toEqual([1, 7]);
    expect(visibleRange(18, 100, 1780, 90)).toEqual([98, 100]);
  });

  it("moves only as far as it must", () => {
    expect(scrollToShow(layout, 2, 0, 90)).toBe(0);
    expect(scrollToShow(layout, 9, 0, 90)).toBe(90);
    expect(scrollToShow(layout, 1, 90, 90)).toBe(18);
  });

  it("finds what is under the pointer", () => {
    const { left, top } = layout;
    const scroll = { x: 36, y: 18 };
    expect(placeAt(layout, left + 1, top + 1, scroll)).toEqual({ query: 1, key: 2 });
    expect(placeAt(layout, 2, top + 19, scroll)).toEqual({ query: 2 });
    expect(placeAt(layout, left + 10, top - 1, scroll)).toEqual({ key: 2 });
    expect(placeAt(layout, 1, 1, scroll)).toBeNull();
    expect(placeAt(layout, left + 1, top + 18 * 200, scroll)).toBeNull();
  });
});

describe("the keyboard", () => {
  const from = { query: 2, key: 2 };

  it.each([
    ["ArrowUp", false, { query: 1, key: 2 }],
    ["ArrowRight", false, { query: 2, key: 3 }],
    ["Home", false, { query: 2, key: 0 }],
    ["End", true, { query: 4, key: 4 }],
    ["Enter", false, null],
  ])("%s", (key, isControl, expected) => {
    expect(moveCell(from, key, isControl, { rows: 5, columns: 5 })).toEqual(expected);
  });

  it("stops at the edges, and starts at the first cell", () => {
    expect(moveCell({ query: 0, key: 4 }, "ArrowRight", false, { rows: 5, columns: 5 })).toEqual({
      query: 0,
      key: 4,
    });
    expect(moveCell(null, "ArrowDown", false, { rows: 5, columns: 5 })).toEqual({
      query: 0,
      key: 0,
    });
  });
});

/** Relative luminance, 0 to 1, of "rgb(r, g, b)". */
function luminance(color: string): number {
  const channels = color.match(/\d+/g)!.map((value) => {
    const share = Number(value) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * channels[0]! + 0.7152 * channels[1]! + 0.0722 * channels[2]!;
}

describe("colours", () => {
  it.each([false, true])("change in lightness only one way (dark: %s)", (isDark) => {
    const scale = colorScale(isDark);
    const lightness = Array.from({ length: 101 }, (_, i) => luminance(scale.css(i / 100)));
    const sorted = [...lightness].sort((a, b) => (isDark ? a - b : b - a));
    expect(lightness).toEqual(sorted);
    const [low, high] = [Math.min(...lightness), Math.max(...lightness)];
    expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(10);
  });

  it("take weights that rounding has put just outside", () => {
    const scale = colorScale(false);
    expect(scale.css(1.0000001)).toBe(scale.css(1));
    expect(scale.css(-1e-9)).toBe(scale.css(0));
  });

  it("are the same in pixels", () => {
    const scale = colorScale(false);
    const [red, green, blue] = scale.css(0.3).match(/\d+/g)!.map(Number);
    expect([...new Uint8Array(Uint32Array.of(scale.pixel(0.3)).buffer)]).toEqual([
      red,
      green,
      blue,
      255,
    ]);
  });

  it("lie on the legend where they are in colour", () => {
    expect([0, 0.25, 1].map(legendPosition)).toEqual([0, 0.5, 1]);
  });
});

describe("thumbnails", () => {
  it("show a small matrix as it is", () => {
    const grid = { values: Float32Array.of(1, 2, 3, 4), rows: 2, columns: 2 };
    expect(shrink(grid, 48)).toBe(grid);
  });

  it("keep the strongest weight of each block of a large one", () => {
    const values = new Float32Array(16);
    values[5] = 0.5; // query 1, key 1: first block
    values[14] = 0.75; // query 3, key 2: last block
    expect([...shrink({ values, rows: 4, columns: 4 }, 2).values]).toEqual([0.5, 0, 0, 0.75]);
  });

  it("shrink only the long edge of an oblong", () => {
    const values = Float32Array.of(0.1, 0.9, 0.2, 0.3);
    expect(shrink({ values, rows: 1, columns: 4 }, 2)).toEqual({
      values: Float32Array.of(0.9, 0.3),
      rows: 1,
      columns: 2,
    });
  });
});
