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

// Entries per start in the table of decompositions, as in unicode.cc.
const STRIDE = 16;

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

/** Decompositions by code point as the file has them, one step each: those that `takes` a mapping. */
function directDecompositions(characters, takes) {
  const known = characters.filter(([c]) => knownIn(NORMALIZATION_AS_OF, c));
  const mapped = known.filter(([, fields]) => fields[4] && takes(fields[4]));
  return new Map(mapped.map(([c, fields]) => [c, hexList(fields[4].replace(/^<\w+>/, ""))]));
}

const isCanonical = (mapping) => !mapping.startsWith("<");

/** Full decompositions; Hangul syllables are arithmetic and stay out. */
function fullDecompositions(direct) {
  const full = (c) => (direct.has(c) ? direct.get(c).flatMap(full) : [c]);
  return [...direct.keys()].map((c) => [c, full(c)]);
}

/** Full compatibility decompositions, where they are not the canonical ones. */
function compatibleDecompositions(characters, canonical) {
  const known = new Map(canonical.map(([c, points]) => [c, points.join()]));
  const all = fullDecompositions(directDecompositions(characters, () => true));
  return all.filter(([c, points]) => known.get(c) !== points.join());
}

/** Pairs that compose: [first, second, composed], sorted. */
function compositions(characters) {
  const excluded = property(
    "DerivedNormalizationProps.txt",
    (name) => (name === "Full_Composition_Exclusion" ? true : undefined),
    false,
  );
  const direct = [...directDecompositions(characters, isCanonical)];
  const pairs = direct.filter(([c, points]) => points.length === 2 && !excluded[c]);
  return pairs.map(([c, points]) => [...points, c]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/**
 * The decompositions' UTF-16 code units in one pool. Each entry says how many are its own; where they start is written
 * down for every STRIDE-th entry only.
 */
function decompositionPool(entries) {
  let pool = "";
  const starts = [];
  const decomposed = entries.map(([c, points], index) => {
    if (index % STRIDE === 0) starts.push(pool.length);
    const units = String.fromCodePoint(...points);
    pool += units;
    return [c, units.length];
  });
  const units = Array.from({ length: pool.length }, (_, i) => pool.charCodeAt(i));
  return { decomposed, starts, units };
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
    if (Number.isFinite(age[c]) && !knownIn(GRAPHEMES_AS_OF, c)) continue;
    const name = pictographs[c] && classes[c] === "Other" ? "Pictograph" : classes[c];
    values[c] =
      GRAPHEME_CLASSES.indexOf(name) |
      (CONJUNCT_CLASSES.indexOf(conjuncts[c]) << GRAPHEME_CLASS_BITS);
  }
  return values;
}

const PER_LINE = 12;
const VALUE_BITS = 11; // next to the 21 of a code point
const packed = (list) => list.map(([c, value]) => c * 2 ** VALUE_BITS + value);

function array(type, name, numbers) {
  const rows = [];
  for (let i = 0; i < numbers.length; i += PER_LINE)
    rows.push(`  ${numbers.slice(i, i + PER_LINE).join(", ")},`);
  return `constexpr ${type} ${name}[] = {\n${rows.join("\n")}\n};\n`;
}

function decompositionArrays(name, entries) {
  const { decomposed, starts, units } = decompositionPool(entries);
  return (
    array("uint32_t", `${name}Decomposed`, packed(decomposed)) +
    array("uint16_t", `${name}Start`, starts) +
    array("char16_t", `${name}Units`, units)
  );
}

checkVersion();
checkSpecialCasing();
const characters = characterData();
const canonical = fullDecompositions(directDecompositions(characters, isCanonical));
const runs = lowercaseRuns(characters);
const runRows = runs.map(
  ({ first, last, step, delta }) => `{${first}, ${last}, ${step}, ${delta}}`,
);
writeFileSync(
  output,
  "// Made by generate_unicode_tables.mjs.\n" +
    `constexpr unsigned kValueBits = ${VALUE_BITS};\n` +
    array("uint32_t", "kFlagRanges", packed(changes(flagTable()))) +
    array("uint32_t", "kCombiningClassRanges", packed(changes(combiningClasses(characters)))) +
    array("uint32_t", "kGraphemeRanges", packed(changes(graphemeTable()))) +
    array("LowercaseRun", "kLowercaseRuns", runRows) +
    decompositionArrays("kCanonical", canonical) +
    decompositionArrays("kCompatible", compatibleDecompositions(characters, canonical)) +
    array(
      "Composition",
      "kCompositions",
      compositions(characters).map((row) => `{${row.join(", ")}}`),
    ),
);
