// Which translator reads a text that was typed: one that knows its language.

import { languageOf } from "../../i18n/lang.js";
import type { CatalogueEntry } from "../../state/catalogue.svelte.js";

/**
 * The chosen one, unless the text is in the language that it writes and its opposite is there: one
 * of the same domain, if possible.
 */
export function translatorFor(
  text: string,
  chosen: string,
  translators: readonly CatalogueEntry[],
): string {
  const { languages: [from, to] = [], domain } = translators.find(({ id }) => id === chosen) ?? {};
  if (languageOf(text) !== to) return chosen;
  const isOpposite = ({ languages }: CatalogueEntry) =>
    languages[0] === to && languages[1] === from;
  const opposites = translators.filter(isOpposite);
  return (opposites.find((one) => one.domain === domain) ?? opposites[0])?.id ?? chosen;
}
