// Numbers as a reader of the page's language writes them.

import type { Language } from "../state/view-state.js";

const kMega = 1e6;
const kMostDigits = 4; // after the point

type Write = (value: number, language: Language) => string;

// Made once: to make a format takes longer than to write many numbers, and a table has thousands.
function writer(options: Intl.NumberFormatOptions): Write {
  const formats: Record<Language, Intl.NumberFormat> = {
    en: new Intl.NumberFormat("en", options),
    zh: new Intl.NumberFormat("zh-Hans", options),
  };
  return (value, language) => formats[language].format(value);
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

const kLists: Record<Language, Intl.ListFormat> = {
  en: new Intl.ListFormat("en"),
  zh: new Intl.ListFormat("zh-Hans"),
};

/** "a, b and c" */
export function list(items: readonly string[], language: Language): string {
  return kLists[language].format(items);
}
