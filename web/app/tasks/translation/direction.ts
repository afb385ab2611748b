// Which translator reads a text that was typed: one that knows its language.

import { languageOf } from "../../i18n/lang.js";
import type { CatalogueEntry } from "../../state/catalogue.svelte.js";

/**
 * The chosen one, unless the text is in the language that it writes and its opposite, of the same
 * domain, is there.
 */
export function translatorFor(
  text: string,
  chosen: string,
  translators: readonly CatalogueEntry[],
): string {
  const { languages: [from, to] = [], domain } = translators.find(({ id }) => id === chosen) ?? {};
  if (languageOf(text) !== to) return chosen;
  const isOpposite = (one: CatalogueEntry) =>
    one.languages[0] === to && one.languages[1] === from && one.domain === domain;
  return translators.find(isOpposite)?.id ?? chosen;
}
