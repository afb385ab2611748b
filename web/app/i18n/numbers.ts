// Numbers as a reader of the page's language writes them.

import type { Language } from "../state/view-state.js";

const kLocales: Record<Language, string> = { en: "en", zh: "zh-Hans" };
const kMega = 1e6;

function format(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(kLocales[language], options).format(value);
}

export function percent(share: number, language: Language): string {
  return format(share, language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
}

export function whole(value: number, language: Language): string {
  return format(value, language, { maximumFractionDigits: 0 });
}

/** Decimal megabytes. */
export function megabytes(bytes: number, language: Language): string {
  return format(bytes / kMega, language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

export function millions(value: number, language: Language): string {
  return format(value / kMega, language, { maximumFractionDigits: 1 });
}

/** A weight or a sum of weights. */
export function fixed(value: number, digits: number, language: Language): string {
  return format(value, language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
