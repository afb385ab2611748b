// JavaScript strings may hold half a surrogate pair; UTF-8, which the engine reads, cannot say
// that.

const kLoneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Each lone surrogate becomes one U+FFFD: the length stays, and so every offset into the caller's
 * string stays right.
 */
export function wellFormed(text: string): string {
  return text.replace(kLoneSurrogate, "\uFFFD");
}
