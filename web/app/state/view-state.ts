// Everything a person chose, as one plain object, and as the hash of the page's address: a link
// reopens the same view.

import { wellFormed } from "./text.js";

export const kLanguages = ["en", "zh"] as const;
export type Language = (typeof kLanguages)[number];

export const kThemes = ["auto", "light", "dark"] as const;
export type Theme = (typeof kThemes)[number];

/** Index of a head, or the mean over all heads of the layer. */
export type Head = number | "mean";

export interface ViewState {
  text: string;
  layer: number;
  head: Head;
  language: Language;
  theme: Theme;
}

/**
 * Longer than any text that the model reads to its end; what is left out of the link is left out by
 * the model too.
 */
export const kMaxLinkText = 8000;

/** Layers and heads count from 1 in links, as on the page. */
export function toHash({ text, layer, head, language, theme }: ViewState): string {
  const values = {
    text: wellFormed(text.slice(0, kMaxLinkText)),
    layer: String(layer + 1),
    head: head === "mean" ? head : String(head + 1),
    lang: language,
    theme,
  };
  return `#${new URLSearchParams(values)}`;
}

/** What the hash does not say, or says wrongly, is as in `defaults`. */
export function fromHash(hash: string, defaults: ViewState): ViewState {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const head = values.get("head");
  return {
    text: values.get("text") ?? defaults.text,
    layer: index(values.get("layer")) ?? defaults.layer,
    head: head === "mean" ? head : (index(head) ?? defaults.head),
    language: oneOf(values.get("lang"), kLanguages) ?? defaults.language,
    theme: oneOf(values.get("theme"), kThemes) ?? defaults.theme,
  };
}

function index(value: string | null): number | undefined {
  return value !== null && /^[1-9]\d{0,3}$/.test(value) ? Number(value) - 1 : undefined;
}

function oneOf<T extends string>(value: string | null, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}
