// A text of any length as sentences that a model can translate one by one, and the translations as
// a text with the same layout.

/** The text is all pieces, one after the other. */
export interface TextPiece {
  text: string;
  /** Half-open, in UTF-16 code units of the whole text. */
  start: number;
  end: number;
  /** false: blanks, line breaks, or signs without letters and digits, which stay as they are. */
  isSentence: boolean;
}

const kOpening = "“‘「『（《([";
const kClosing = "”’」』）》)]";
/** A quotation longer than this is cut where its sentences end. */
const kLongestQuotation = 200;
/** What ends with a full stop without ending a sentence. */
const kAbbreviation =
  /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|No|Fig|Inc|Ltd|Co|e\.g|i\.e|approx|\p{Lu})\.\s*$/u;
const kWord = /[\p{L}\p{N}]/u;
const kCjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF“”…]/u;

/** Lines are never joined; within a line, `Intl.Segmenter` says where sentences end. */
export function splitSentences(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let start = 0;
  const add = (part: string, isSentence: boolean) => {
    if (part === "") return;
    pieces.push({ text: part, start, end: start + part.length, isSentence });
    start += part.length;
  };
  for (const line of text.split(/(\r\n|[\n\r\u2028\u2029])/)) {
    for (const sentence of sentencesOfLine(line)) {
      const [, before = "", words = "", after = ""] = /^(\s*)([^]*?)(\s*)$/.exec(sentence)!;
      add(before, false);
      add(words, kWord.test(words));
      add(after, false);
    }
  }
  return pieces;
}

/** The pieces with each sentence replaced by its translation. */
export function joinTranslations(pieces: readonly TextPiece[], translations: readonly string[]) {
  let joined = "";
  let next = 0;
  let gap = "";
  let hasSentence = false;
  for (const piece of pieces) {
    if (!piece.isSentence) {
      gap += piece.text;
      continue;
    }
    const translation = translations[next++] ?? "";
    joined += (hasSentence ? fittingGap(joined, gap, translation) : gap) + translation;
    gap = "";
    hasSentence = true;
  }
  return joined + gap;
}

function sentencesOfLine(line: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  const sentences: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    const last = sentences.at(-1);
    if (last !== undefined && belongsTo(last, segment)) {
      sentences[sentences.length - 1] = last + segment;
    } else {
      sentences.push(segment);
    }
  }
  return sentences;
}

/** Whether what the segmenter took for a new sentence goes on with the one before. */
function belongsTo(sentence: string, next: string): boolean {
  if (kAbbreviation.test(sentence)) return true;
  if (kClosing.includes(next[0]!)) return true;
  return isInQuotation(sentence) && sentence.length + next.length <= kLongestQuotation;
}

/** Whether a quotation or a bracket was opened and not closed. */
function isInQuotation(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (kOpening.includes(char)) depth += 1;
    else if (kClosing.includes(char) && depth > 0) depth -= 1;
  }
  return depth > 0;
}

/**
 * Chinese sentences stand side by side, English ones apart: between two in one line, the gap is
 * that of the language they are in now.
 */
function fittingGap(before: string, gap: string, after: string): string {
  const isPlain = gap === "" || gap === " ";
  if (!isPlain || before === "" || after === "") return gap;
  return kCjk.test(before.at(-1)!) || kCjk.test(after[0]!) ? "" : " ";
}
