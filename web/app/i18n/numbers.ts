// Numbers as a reader of the page's language writes them.

import type { Language } from "../state/view-state.js";

const kMega = 1e6;
const kMostDigits = 4; // after the point

type Write = (value: number, language: Language) => string;

const kLocales: Record<Language, string> = { en: "en", zh: "zh-Hans" };

// Made once, when the first is needed: a format takes milliseconds, a table has thousands of numbers.
function once<Format>(make: (locale: string) => Format): (language: Language) => Format {
  const formats: Partial<Record<Language, Format>> = {};
  return (language) => (formats[language] ??= make(kLocales[language]));
}

function writer(options: Intl.NumberFormatOptions): Write {
  const format = once((locale) => new Intl.NumberFormat(locale, options));
  return (value, language) => format(language).format(value);
}

function decimals(digits: number): Intl.NumberFormatOptions {
  // What rounds to nothing has no sign.
  return {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  };
}

export const percent = writer({ style: "percent", ...decimals(1) });

/** Without decimals. */
export const roundPercent = writer({ style: "percent", maximumFractionDigits: 0 });

export const whole = writer({ maximumFractionDigits: 0 });

/** 11.4M, 1138万 */
export const compact = writer({ notation: "compact", maximumFractionDigits: 1 });

const kFixed = Array.from({ length: kMostDigits + 1 }, (_, digits) => writer(decimals(digits)));
const kSigned = writer({ ...decimals(1), signDisplay: "exceptZero" });
const kTwoDigits = writer({ maximumSignificantDigits: 2, maximumFractionDigits: 20 });

/** A number with so many decimals, 4 at most. */
export function fixed(value: number, digits: number, language: Language): string {
  return kFixed[digits]!(value, language);
}

/** Decimal megabytes. */
export function megabytes(bytes: number, language: Language): string {
  return fixed(bytes / kMega, 1, language);
}

/** A change of a probability in percentage points: +41.2, −0.3, 0.0 */
export function points(change: number, language: Language): string {
  return kSigned(100 * change, language).replace("-", "−");
}

/** Two decimals, or as many as it takes to see that a small weight is not nothing. */
export function weight(value: number, language: Language): string {
  const kSmall = 0.01;
  return value >= kSmall ? fixed(value, 2, language) : kTwoDigits(value, language);
}

const listFormat = once((locale) => new Intl.ListFormat(locale));

/** "a, b and c" */
export function list(items: readonly string[], language: Language): string {
  return listFormat(language).format(items);
}
