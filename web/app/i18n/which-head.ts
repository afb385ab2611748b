// How a head is called in a sentence.

import type { Head } from "../state/view-state.js";
import type { Messages } from "./messages.js";

export function whichHead(messages: Messages, layer: number, head: Head): string {
  return head === "mean"
    ? messages.layerAndMean(layer + 1)
    : messages.layerAndHead(layer + 1, String(head + 1));
}
