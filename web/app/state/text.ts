// Half a surrogate pair cannot stand in a link.

/** Each lone surrogate becomes U+FFFD. */
export function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
