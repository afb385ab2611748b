export type Tokeniser = "13a" | "zh";

export const tokenisers: Record<Tokeniser, (line: string) => string[]>;

export function corpusBleu(
  translations: readonly string[],
  references: readonly string[],
  tokeniser: Tokeniser,
): number;

export function signatureOf(tokeniser: Tokeniser): string;
