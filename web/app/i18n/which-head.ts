// How a head is called in a sentence.

import type { Head } from "../state/view-state.js";
import type { Messages } from "./messages.js";

export function whichHead(messages: Messages, layer: number, head: Head): string {
  if (head === "mean") return messages.layerAndMean(layer + 1);
  if (head === "max") return messages.layerAndMaximum(layer + 1);
  return messages.layerAndHead(layer + 1, String(head + 1));
}
