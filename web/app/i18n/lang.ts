// Which language a piece of text is in.

import type { Language } from "../state/view-state.js";

const kHan = /\p{Script=Han}/u;
const kEveryHan = /\p{Script=Han}/gu;
const kEveryLatinWord = /\p{Script=Latin}+/gu;

/** For fonts and screen readers. */
export function langOf(text: string): string {
  return kHan.test(text) ? "zh-Hans" : "en";
}

/** Of most of a text, for a model to read it; null: numbers and emoji are in none. */
export function languageOf(text: string): Language | null {
  const han = text.match(kEveryHan)?.length ?? 0;
  const words = text.match(kEveryLatinWord)?.length ?? 0;
  if (han === 0 && words === 0) return null;
  return han > words ? "zh" : "en"; // a Chinese character weighs as much as a word in Latin letters
}
