// Two words of a text in each other's place.

export interface TextWord {
  text: string;
  /** In the text, half-open, in UTF-16 code units. */
  start: number;
  end: number;
}

/** The words of a text, as the platform's segmenter cuts it: no blanks, no punctuation. */
export function wordsIn(text: string): TextWord[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment, index }) => ({ text: segment, start: index, end: index + segment.length }));
}

/** Indices of words: none, one that waits for the other, or two. */
export type Swap = readonly number[];

/** A third word begins a new pair; a chosen one is let go. */
export function chooseWord(chosen: Swap, word: number): Swap {
  if (chosen.includes(word)) return chosen.filter((other) => other !== word);
  return chosen.length < 2 ? [...chosen, word] : [word];
}

export interface SwappedPart {
  text: string;
  isMoved: boolean;
}

/**
 * The text with the two words in each other's place, in parts; null unless two words are chosen
 * that the text has, and that differ: a link may be of another text.
 */
export function swapWords(text: string, chosen: Swap): SwappedPart[] | null {
  const words = wordsIn(text);
  const [first, second] = [...chosen].sort((a, b) => a - b).map((i) => words[i]);
  if (!first || !second || first.text === second.text) return null;
  const parts = [
    { text: text.slice(0, first.start), isMoved: false },
    { text: second.text, isMoved: true },
    { text: text.slice(first.end, second.start), isMoved: false },
    { text: first.text, isMoved: true },
    { text: text.slice(second.end), isMoved: false },
  ];
  return parts.filter(({ text }) => text !== "");
}

export function joined(parts: readonly SwappedPart[]): string {
  return parts.map(({ text }) => text).join("");
}

/** The text as it was, in the same parts. */
export function unswapped(parts: readonly SwappedPart[]): SwappedPart[] {
  const moved = parts.filter(({ isMoved }) => isMoved);
  return parts.map((part) => (part.isMoved ? moved.pop()! : part));
}

const kReach = 120; // characters that stay on each side of a moved word: a line or two

/** Of a long text, what stands around the moved words. */
export function around(parts: readonly SwappedPart[]): SwappedPart[] {
  return parts.map(({ text, isMoved }, i) => {
    const head = i > 0 ? kReach : 0;
    const tail = i + 1 < parts.length ? kReach : 0;
    const characters = [...text];
    const skipped = characters.length - head - tail;
    if (isMoved || skipped <= 0) return { text, isMoved };
    return { text: characters.toSpliced(head, skipped, "…").join(""), isMoved };
  });
}
