// Tokens as the page shows them: with the text they stand for, and the word they belong to.

export interface Token {
  /** As the vocabulary writes it, but for blanks: see `shownToken`. */
  text: string;
  isSpecial: boolean;
  /** The part of the original text that it stands for; empty for special tokens. */
  surface: string;
  /** Tokens of one word are neighbours with the same number. */
  word: number;
}

/** What a pipeline tells of a token. `offset`: half-open, in UTF-16 code units. */
export interface TokenSource {
  tokens: readonly string[];
  offsets: readonly (readonly [start: number, end: number])[];
  special: readonly boolean[];
}

const kSpace = /^\s*/;
const kBlank = /^[▁Ġ]+$/u; // a piece that is a blank and nothing else

/**
 * `textOf(i)`: the text that token i is from, for inputs of several texts. Words are those of the
 * platform's segmenter: it knows Chinese ones too, and is the same for every tokeniser.
 */
export function tokensOf(source: TokenSource, textOf: (index: number) => string): Token[] {
  const segments = new Map<string, Uint32Array>();
  const wordsOf = (text: string) => {
    const known = segments.get(text) ?? wordStarts(text);
    segments.set(text, known);
    return known;
  };
  let word = -1;
  let last: { text: string; start: number } | null = null;
  return source.tokens.map((token, i) => {
    const isSpecial = source.special[i]!;
    const text = isSpecial ? "" : textOf(i);
    const surface = isSpecial ? "" : surfaceOf(token, text.slice(...source.offsets[i]!));
    const start = isSpecial ? -1 : startOfWord(text, source.offsets[i]!, wordsOf);
    const isSameWord = !isSpecial && last?.text === text && last.start === start;
    if (!isSameWord) word += 1;
    last = isSpecial ? null : { text, start };
    return { text: shownToken(token), isSpecial, surface, word };
  });
}

const kWordStart = /^▁|^[^\p{L}\p{N}]*$/u; // a blank in front, or punctuation

/** Of tokens whose places in a text are not known: what the vocabulary writes tells the words. */
export function tokensWithoutPlaces({ tokens, special }: Omit<TokenSource, "offsets">): Token[] {
  let word = -1;
  return tokens.map((token, i) => {
    const isSpecial = special[i]!;
    const text = shownToken(token);
    const isStart = isSpecial || i === 0 || special[i - 1]! || kWordStart.test(text);
    if (isStart) word += 1;
    return { text, isSpecial, surface: isSpecial ? "" : text.replaceAll("▁", " "), word };
  });
}

/**
 * A blank that a tokeniser puts in front of a text has the place of the first letter: that letter
 * belongs to the next piece alone.
 */
function surfaceOf(token: string, surface: string): string {
  return kBlank.test(token) ? kSpace.exec(surface)![0] : surface;
}

function startOfWord(
  text: string,
  [from, to]: readonly [number, number],
  wordsOf: (text: string) => Uint32Array,
): number {
  const skipped = kSpace.exec(text.slice(from, to))![0].length;
  const at = Math.min(from + skipped, Math.max(from, to - 1));
  return wordsOf(text)[at] ?? from;
}

/** For each code unit of `text`, where its word begins. */
function wordStarts(text: string): Uint32Array {
  const starts = new Uint32Array(text.length);
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  for (const { index, segment } of segmenter.segment(text))
    starts.fill(index, index, index + segment.length);
  return starts;
}

// What byte-level vocabularies write for a space and a line break.
const kByteSpace = /Ġ/g;
const kByteBreak = /Ċ/g;

/** A token by itself, for people: spaces as in SentencePiece, line breaks as an arrow. */
export function shownToken(token: string): string {
  return token.replace(kByteSpace, "▁").replace(kByteBreak, "↵");
}
