// Which model reads a text: one knows Chinese, the other English.

import { languageOf } from "../../i18n/lang.js";

const kEnglish = "sentiment-en";
const kChinese = "sentiment-zh";

/** What the choice needs to know of the site's catalogue. */
interface Models {
  readonly models: readonly { id: string }[];
}

/**
 * The model for the language of most of the text. A site without the Chinese one has the other read
 * everything; while the catalogue is still to come, the site is taken to have both.
 */
export function sentimentModel(text: string, { models }: Models): string {
  const isOffered = models.length === 0 || models.some(({ id }) => id === kChinese);
  return isOffered && languageOf(text) === "zh" ? kChinese : kEnglish;
}
