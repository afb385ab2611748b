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

/** 11.4M, 1138万 */
export function compact(value: number, language: Language): string {
  return format(value, language, { notation: "compact", maximumFractionDigits: 1 });
}

/** Two decimals, or as many as it takes to see that a small weight is not nothing. */
export function weight(value: number, language: Language): string {
  const kSmall = 0.01;
  if (value >= kSmall) return fixed(value, 2, language);
  return format(value, language, { maximumSignificantDigits: 2, maximumFractionDigits: 20 });
}

/** A number with so many decimals. */
export function fixed(value: number, digits: number, language: Language): string {
  return format(value, language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
