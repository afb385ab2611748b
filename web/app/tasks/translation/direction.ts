// Which translator reads a text that was typed: one that knows its language.

import { languageOf } from "../../i18n/lang.js";
import type { CatalogueEntry } from "../../state/catalogue.svelte.js";

/** The chosen one, unless the text is in the language that it writes and its opposite is there. */
export function translatorFor(
  text: string,
  chosen: string,
  translators: readonly CatalogueEntry[],
): string {
  const [from, to] = translators.find(({ id }) => id === chosen)?.languages ?? [];
  if (languageOf(text) !== to) return chosen;
  const isOpposite = ({ languages }: CatalogueEntry) =>
    languages[0] === to && languages[1] === from;
  return translators.find(isOpposite)?.id ?? chosen;
}
