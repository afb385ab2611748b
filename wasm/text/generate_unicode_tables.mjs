// Writes unicode_tables.inc, which unicode.cc includes, from the Unicode Character Database:
//   node generate_unicode_tables.mjs <folder with UnicodeData.txt> <output file>
// The reference implementation (Hugging Face tokenizers) mixes several versions of Unicode, and tokens have to be the same
// as its own: a character younger than the version that a table is "as of" is unassigned in that table.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CODE_POINTS = 0x110000;
const NEEDED_VERSION = 17;

// What the reference knows: categories through the crate unicode_categories 0.1 (Unicode 8), normalisation through
// unicode-normalization-alignments 0.1 (9), \w through regex (16), \p{L} and \p{N} through Oniguruma (16), lower-casing
// and numbers through Rust's own library (17).
const CATEGORIES_AS_OF = 8;
const NORMALIZATION_AS_OF = 9;
const WORD_AS_OF = 16;
const PATTERNS_AS_OF = 16;
const NUMERIC_AS_OF = 17;
const GRAPHEMES_AS_OF = 17;
const LOWERCASE_AS_OF = 17;

// Categories that were different in Unicode 8 and have been changed since; of these, only 1885 and 1886 were
// changed by Unicode 9 already.
const CATEGORY_IN_8 = new Map([
  [0x166d, "Po"],
  [0x1734, "Mn"],
  [0x1885, "Lo"],
  [0x1886, "Lo"],
  [0x1cf2, "Mc"],
  [0x1cf3, "Mc"],
  [0xa9bd, "Mc"],
  [0x111c9, "Po"],
  [0x1171e, "Mn"],
]);
const CHANGED_BY_9 = new Set([0x1885, 0x1886]);

// Bits of unicode_flags(), as in unicode.h.
const WHITE_SPACE = 1;
const PUNCTUATION = 2;
const NONSPACING_MARK = 4;
const CONTROL = 8;
const WORD = 16;
const MARK = 32;
const LETTER = 64;
const NUMBER = 128;
const NUMERIC = 256;

const [folder, output] = process.argv.slice(2);
if (!folder || !output) fail("usage: generate_unicode_tables.mjs <unicode folder> <output file>");

function fail(message) {
  console.error(message);
  process.exit(1);
}

const read = (file) => readFileSync(join(folder, file), "utf8");
// In the order of the enums of unicode.h.
const GRAPHEME_CLASSES =
  "Other CR LF Control Extend ZWJ Regional_Indicator Prepend SpacingMark L V T LV LVT Pictograph".split(
    " ",
  );
const CONJUNCT_CLASSES = ["None", "Consonant", "Linker", "Extend"];
const GRAPHEME_CLASS_BITS = 4;
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

const hex = (text) => Number.parseInt(text, 16);
const hexList = (text) => text.trim().split(/\s+/).map(hex);

/** The records of a file: fields between semicolons, comments dropped. */
function* records(file) {
  for (const line of read(file).split("\n")) {
    const text = line.split("#")[0].trim();
    if (text) yield text.split(";").map((field) => field.trim());
  }
}

/** A property file as one value per code point. */
function property(file, valueOf, initial) {
  const values = new Array(CODE_POINTS).fill(initial);
  for (const [range, ...fields] of records(file)) {
    const value = valueOf(...fields);
    if (value === undefined) continue;
    const [first, last = first] = range.split("..").map(hex);
    values.fill(value, first, last + 1);
  }
  return values;
}

function checkVersion() {
  const version = /DerivedAge-(\d+)/.exec(read("DerivedAge.txt"))?.[1] ?? "an unknown version";
  if (Number(version) >= NEEDED_VERSION) return;
  fail(`${folder}: Unicode ${NEEDED_VERSION} or newer is needed, found ${version}`);
}

/** The reference is older than some characters: when did each come? Unassigned: never. */
const age = property("DerivedAge.txt", Number, Infinity);
const knownIn = (version, c) => age[c] < version + 1;

function flagTable() {
  const category = property("extracted/DerivedGeneralCategory.txt", (value) => value, "Cn");
  const only = (wanted) => (value) => (value === wanted ? true : undefined);
  const whiteSpace = property("PropList.txt", only("White_Space"), false);
  const alphabetic = property("DerivedCoreProperties.txt", only("Alphabetic"), false);
  const joinControl = property("PropList.txt", only("Join_Control"), false);

  const flags = new Array(CODE_POINTS).fill(0);
  for (let c = 0; c < CODE_POINTS; ++c) {
    if (whiteSpace[c]) flags[c] |= WHITE_SPACE;
    if (knownIn(CATEGORIES_AS_OF, c)) {
      const then = CATEGORY_IN_8.get(c) ?? category[c];
      if (then.startsWith("P")) flags[c] |= PUNCTUATION;
      if (then === "Mn") flags[c] |= NONSPACING_MARK;
      if (["Cc", "Cf", "Co"].includes(then)) flags[c] |= CONTROL;
    }
    if (knownIn(NORMALIZATION_AS_OF, c)) {
      const then = CHANGED_BY_9.has(c) ? category[c] : (CATEGORY_IN_8.get(c) ?? category[c]);
      if (then.startsWith("M")) flags[c] |= MARK;
    }
    if (knownIn(WORD_AS_OF, c)) {
      const inWord = /^(M.|Nd|Pc)$/.test(category[c]) || alphabetic[c] || joinControl[c];
      if (inWord) flags[c] |= WORD;
    }
    if (knownIn(PATTERNS_AS_OF, c)) {
      if (category[c].startsWith("L")) flags[c] |= LETTER;
      if (category[c].startsWith("N")) flags[c] |= NUMBER;
    }
    if (knownIn(NUMERIC_AS_OF, c) && category[c].startsWith("N")) flags[c] |= NUMERIC;
  }
  // ASCII punctuation holds symbols too ($, +, ^ ...): the reference's BERT counts all of them.
  for (let c = 0x21; c < 0x7f; ++c)
    if (/[^0-9A-Za-z]/.test(String.fromCharCode(c))) flags[c] |= PUNCTUATION;
  return flags;
}

/** Where a value per code point changes: [first code point, value]. */
function changes(values) {
  const out = [];
  values.forEach((value, c) => {
    if (c === 0 || value !== values[c - 1]) out.push([c, value]);
  });
  return out;
}

/** Lower-casing as runs: every `step`-th code point of [first, last] maps to itself plus delta. */
function lowercaseRuns(characters) {
  const runs = [];
  for (const [c, fields] of characters) {
    if (!fields[12] || !knownIn(LOWERCASE_AS_OF, c)) continue;
    const delta = hex(fields[12]) - c;
    const run = runs.at(-1);
    const gap = run && c - run.last;
    const continues =
      run && run.delta === delta && (run.first === run.last ? gap <= 2 : gap === run.step);
    if (!continues) {
      runs.push({ first: c, last: c, step: 1, delta });
    } else {
      run.step = gap;
      run.last = c;
    }
  }
  return runs;
}

/** unicode.cc knows the one character whose lower case is two: let a newer Unicode not add others unnoticed. */
function checkSpecialCasing() {
  const unconditional = [...records("SpecialCasing.txt")].filter((fields) => fields.length === 5);
  const longer = unconditional.filter(([, lower]) => hexList(lower).length > 1).map(([c]) => c);
  if (longer.join() !== "0130")
    fail(`SpecialCasing.txt: longer lower case of ${longer.join()}, expected 0130 alone`);
}

/** Pairs that do not compose although a character decomposes to them. */
function compositionExclusions() {
  const isExclusion = (name) => (name === "Full_Composition_Exclusion" ? true : undefined);
  return property("DerivedNormalizationProps.txt", isExclusion, false);
}

/** Decompositions as the file has them, one step each; Hangul syllables are arithmetic and not there. */
function directDecompositions(characters) {
  const excluded = compositionExclusions();
  const known = characters.filter(([c, fields]) => fields[4] && knownIn(NORMALIZATION_AS_OF, c));
  return known.map(([c, fields]) => ({
    c,
    points: hexList(fields[4].replace(/^<\w+>/, "")),
    compatible: fields[4].startsWith("<"),
    excluded: excluded[c],
  }));
}

function combiningClasses(characters) {
  const classes = new Array(CODE_POINTS).fill(0);
  for (const [c, fields] of characters)
    if (knownIn(NORMALIZATION_AS_OF, c)) classes[c] = Number(fields[2]);
  return classes;
}

/** UnicodeData.txt by code point; the ranges it abbreviates have no casing, decomposition or class. */
function characterData() {
  const lines = read("UnicodeData.txt").split("\n").filter(Boolean);
  return lines.map((line) => line.split(";")).map(([c, ...fields]) => [hex(c), fields]);
}

/** Classes of UAX #29 as class | conjunct class << GRAPHEME_CLASS_BITS. */
function graphemeTable() {
  const classes = property("auxiliary/GraphemeBreakProperty.txt", (name) => name, "Other");
  const pictographs = property(
    "emoji/emoji-data.txt",
    (name) => (name === "Extended_Pictographic" ? true : undefined),
    false,
  );
  const conjuncts = property(
    "DerivedCoreProperties.txt",
    (name, value) => (name === "InCB" ? value : undefined),
    "None",
  );
  const values = new Array(CODE_POINTS).fill(0);
  for (let c = 0; c < CODE_POINTS; ++c) {
    const isSyllable = c >= HANGUL_FIRST && c <= HANGUL_LAST; // those are arithmetic
    if (isSyllable || (Number.isFinite(age[c]) && !knownIn(GRAPHEMES_AS_OF, c))) continue;
    const name = pictographs[c] && classes[c] === "Other" ? "Pictograph" : classes[c];
    values[c] =
      GRAPHEME_CLASSES.indexOf(name) |
      (CONJUNCT_CLASSES.indexOf(conjuncts[c]) << GRAPHEME_CLASS_BITS);
  }
  return values;
}

const PER_LINE = 24;

function array(type, name, numbers) {
  const rows = [];
  for (let i = 0; i < numbers.length; i += PER_LINE)
    rows.push(`  ${numbers.slice(i, i + PER_LINE).join(", ")},`);
  return `constexpr ${type} ${name}[] = {\n${rows.join("\n")}\n};\n`;
}

// Packed numbers (unicode.cc unpacks them): seven bits a byte, the lowest first, and the sign of a difference in its lowest bit.
// Numbers of one kind lie together: that compresses to a third of tables that can be searched as they are.

function varint(number) {
  const bytes = [];
  for (; number > 0x7f; number >>>= 7) bytes.push((number & 0x7f) | 0x80);
  return [...bytes, number];
}

const signed = (number) => (number < 0 ? -2 * number - 1 : 2 * number);
const packed = (name, numbers) => array("uint8_t", name, numbers.flatMap(varint));

/** Numbers as differences, each to the one before. */
const differences = (numbers) => numbers.map((number, i) => number - (numbers[i - 1] ?? 0));

/** Where the values of code points change, and to which of the values that occur. */
function rangeArrays(name, values) {
  const list = changes(values);
  const kinds = [...new Set(list.map(([, value]) => value))].sort((a, b) => a - b);
  return (
    packed(`${name}Gaps`, differences(list.map(([c]) => c))) +
    packed(
      `${name}Kinds`,
      list.map(([, value]) => kinds.indexOf(value)),
    ) +
    array("uint16_t", `${name}Values`, kinds)
  );
}

function lowercaseArray(runs) {
  const rows = runs.flatMap(({ first, last, step, delta }, i) => [
    first - (runs[i - 1]?.last ?? 0),
    last - first,
    step,
    signed(delta),
  ]);
  return packed("kLowercaseRuns", rows);
}

/** The character, how many there are and of what kind, the first of them, and the others. */
function decompositionArrays(entries) {
  const others = entries.flatMap(({ points }) => points.slice(1));
  const kind = ({ points, compatible, excluded }) =>
    points.length * 4 + (compatible ? 2 : 0) + (excluded ? 1 : 0);
  return (
    packed("kDecomposedGaps", differences(entries.map(({ c }) => c))) +
    packed("kDecompositionKinds", entries.map(kind)) +
    packed("kFirstPoints", differences(entries.map(({ points }) => points[0])).map(signed)) +
    packed("kOtherPoints", differences(others).map(signed))
  );
}

checkVersion();
checkSpecialCasing();
const characters = characterData();
writeFileSync(
  output,
  "// Made by generate_unicode_tables.mjs.\n" +
    rangeArrays("kFlag", flagTable()) +
    rangeArrays("kCombiningClass", combiningClasses(characters)) +
    rangeArrays("kGrapheme", graphemeTable()) +
    lowercaseArray(lowercaseRuns(characters)) +
    decompositionArrays(directDecompositions(characters)),
);
