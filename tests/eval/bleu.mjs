// BLEU of a corpus (Papineni et al. 2002) as sacreBLEU 2.6.0 computes it (Post 2018): one reference a line, cased, words of up
// to four in a row, exponential smoothing where an order has no match; text is tokenised by "13a" (mteval-v13a) or "zh".

const kOrders = 4;

/** What sacreBLEU's zh takes for a Chinese character: [first, last], with all from U+2001 to U+2A6D, curly quotes among them. */
const kChinese = [
  [0x2001, 0x2a6d],
  [0x2e80, 0x2eff],
  [0x2f00, 0x2fdf],
  [0x2ff0, 0x2fff],
  [0x3000, 0x303f],
  [0x3100, 0x312f],
  [0x31a0, 0x31bf],
  [0x31c0, 0x31ef],
  [0x3200, 0x32ff],
  [0x3300, 0x33ff],
  [0x3400, 0x4db5],
  [0x4e00, 0x9fbb],
  [0xf900, 0xfa2d],
  [0xfa30, 0xfa6a],
  [0xfa70, 0xfad9],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe4f],
  [0xff00, 0xffef],
];

/** Signs apart from words; points and commas unless digits stand around them; dashes after digits. */
function splitSigns(line) {
  return line
    .replace(/[{-~[-` -&(-+:-@/]/g, " $& ")
    .replace(/([^0-9])([.,])/gu, "$1 $2 ")
    .replace(/([.,])([^0-9])/gu, " $1 $2")
    .replace(/([0-9])-/g, "$1 - ")
    .split(/\s+/u)
    .filter(Boolean);
}

function tokenise13a(line) {
  const plain = line
    .replaceAll("<skipped>", "")
    .replaceAll("-\n", "")
    .replaceAll("\n", " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return splitSigns(` ${plain} `);
}

function isChinese(character) {
  const code = character.codePointAt(0);
  return kChinese.some(([first, last]) => first <= code && code <= last);
}

function tokeniseChinese(line) {
  const apart = Array.from(line.trim(), (one) => (isChinese(one) ? ` ${one} ` : one));
  return splitSigns(apart.join(""));
}

/** Tokenisers by the name that sacreBLEU's signature has for them. */
export const tokenisers = { "13a": tokenise13a, zh: tokeniseChinese };

/** How often each n-gram occurs. */
function ngrams(tokens, order) {
  const counts = new Map();
  for (let i = 0; i + order <= tokens.length; i += 1) {
    const gram = tokens.slice(i, i + order).join(" ");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function matches(counts, reference) {
  let sum = 0;
  for (const [gram, count] of counts) sum += Math.min(count, reference.get(gram) ?? 0);
  return sum;
}

/** BLEU, 0 to 100, of translations against one reference each; `tokeniser` is a key of `tokenisers`. */
export function corpusBleu(translations, references, tokeniser) {
  const tokenise = tokenisers[tokeniser];
  const correct = new Array(kOrders).fill(0);
  const total = new Array(kOrders).fill(0);
  let [length, referenceLength] = [0, 0];
  translations.forEach((translation, i) => {
    const [ours, theirs] = [tokenise(translation), tokenise(references[i])];
    length += ours.length;
    referenceLength += theirs.length;
    for (let n = 0; n < kOrders; n += 1) {
      correct[n] += matches(ngrams(ours, n + 1), ngrams(theirs, n + 1));
      total[n] += Math.max(0, ours.length - n);
    }
  });
  if (correct.every((count) => count === 0) || total.includes(0)) return 0;
  let smoothing = 1;
  const logs = correct.map((count, n) => {
    if (count > 0) return Math.log(count / total[n]);
    smoothing *= 2;
    return Math.log(1 / (smoothing * total[n]));
  });
  const brevity = length < referenceLength ? Math.exp(1 - referenceLength / length) : 1;
  return 100 * brevity * Math.exp(logs.reduce((sum, log) => sum + log, 0) / kOrders);
}

/** As sacreBLEU writes down how a score came about. */
export const signatureOf = (tokeniser) =>
  `nrefs:1|case:mixed|eff:no|tok:${tokeniser}|smooth:exp|as:sacrebleu 2.6.0`;
