// How far a key or the wheel zooms.

export const kZoomStep = 1.5;
export const kWheelSpeed = 0.004; // of the zoom's logarithm, for each pixel that the wheel turns

/** The zoom after a key: plus, minus, or 0 to see all; null if it is none of these. */
export function zoomAfter(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">,
  zoom: number,
  fitZoom: number,
): number | null {
  if (ctrlKey || metaKey) return null; // the browser's own zoom
  if (key === "+" || key === "=") return zoom * kZoomStep;
  if (key === "-") return zoom / kZoomStep;
  return key === "0" ? fitZoom : null;
}
