// Everything a person chose, as one plain object, and as the hash of the page's address: a link
// reopens the same view.

import type { HeadIndex } from "./changes.js";
import { kSections, type SectionId } from "./sections.js";
import { kTraits } from "./traits.js";
import { kAttentionKinds, type AttentionKind } from "./trace.js";
import {
  choiceField,
  flagField,
  indexField,
  listField,
  modelField,
  numberField,
  readIndex,
  textField,
  type Field,
} from "./view-fields.js";

export const kLanguages = ["en", "zh"] as const;
export type Language = (typeof kLanguages)[number];

export const kThemes = ["auto", "light", "dark"] as const;
export type Theme = (typeof kThemes)[number];

export const kTasks = ["sentiment", "qa", "translation", "generate"] as const;
export type TaskId = (typeof kTasks)[number];

/**
 * One head's matrix, the lines between tokens, every head at once, all layers from input to output,
 * one head taken apart, or the attentions of an encoder and its decoder side by side.
 */
export const kViewKinds = ["matrix", "lines", "heads", "flow", "arithmetic", "three"] as const;
export type ViewKind = (typeof kViewKinds)[number];

/** Which heads are shown: all, those that mostly do one thing, or those that do nothing in particular. */
export const kTraitFilters = ["all", ...kTraits, "mixed"] as const;
export type TraitFilter = (typeof kTraitFilters)[number];

/** A token that is held in focus. */
export interface Pin {
  side: "query" | "key";
  index: number;
}

/** Always the likeliest next token, or one drawn by its probability. */
export const kDecodings = ["greedy", "sample"] as const;
export type Decoding = (typeof kDecodings)[number];

export const kColdest = 0.1; // temperatures
export const kHottest = 2;

/** Index of a head, or what all heads of the layer have in common. */
export type Head = number | "mean" | "max";

export interface ViewState {
  task: TaskId;
  /** The sentence whose sentiment is asked for. */
  text: string;
  question: string;
  context: string;
  /** Which answer is shown, from the best one on. */
  answer: number;
  /** The text to translate, and the model that does it. */
  source: string;
  translator: string;
  beams: number;
  /** Of a text that is generated from sentence by sentence: which one is looked into. */
  sentence: number;
  /** Of the generation: which one is looked at. */
  step: number;
  /** The beginning to go on with, and the model that does it. */
  prompt: string;
  writer: string;
  decoding: Decoding;
  temperature: number;
  /** The same seed draws the same text. */
  seed: number;
  /** Of what is written, in tokens. */
  length: number;
  attention: AttentionKind;
  view: ViewKind;
  layer: number;
  head: Head;
  /** Whose lines are drawn. */
  heads: readonly number[] | "all";
  pin: Pin | null;
  /** The key whose arithmetic is shown; null: the one with the largest weight. */
  against: number | null;
  trait: TraitFilter;
  mergeWords: boolean;
  hideSpecial: boolean;
  /** What the answer loses without each word is measured. */
  occlusion: boolean;
  /** What the model would say if it stopped after each layer is measured. */
  stopped: boolean;
  /** Whether a second text is read too, and which. */
  compares: boolean;
  other: string;
  /** Words, by their place in the text, that change places: none, one that waits, or two. */
  swapped: readonly number[];
  /** What the word alignment is read off; no layer: the last. */
  alignLayer: number | null;
  alignHead: Head;
  /** What is changed in the forward pass: heads that are off, and tokens that are hidden. */
  headsOff: readonly HeadIndex[];
  tokensHidden: readonly number[];
  language: Language;
  theme: Theme;
  /** One section alone, for a frame in another page. */
  embed: boolean;
  section: SectionId;
}

const headField: Field<Head> = {
  name: "head",
  write: (head) => (typeof head === "number" ? String(head + 1) : head),
  read: (text) => (text === "mean" || text === "max" ? text : readIndex(text)),
};

const alignLayerField: Field<number | null> = {
  name: "align",
  write: (layer) => (layer === null ? "last" : String(layer + 1)),
  read: (text) => (text === "last" ? null : readIndex(text)),
};

const headsField: Field<ViewState["heads"]> = {
  name: "heads",
  write: (heads) => (heads === "all" ? heads : heads.map((head) => head + 1).join("-")),
  read: (text) => {
    if (text === "all") return text;
    const heads = text === "" ? [] : text.split("-").map(readIndex);
    return heads.every((head) => head !== undefined) ? heads : undefined;
  },
};

const pinField: Field<Pin | null> = {
  name: "pin",
  write: (pin) => (pin === null ? "none" : `${pin.side}-${pin.index + 1}`),
  read: (text) => {
    const [, side, number] = /^(query|key)-(\d+)$/.exec(text) ?? [];
    const index = readIndex(number ?? "");
    if (index !== undefined) return { side: side as Pin["side"], index };
    return text === "none" ? null : undefined;
  },
};

const againstField: Field<number | null> = {
  name: "key",
  write: (key) => (key === null ? "strongest" : String(key + 1)),
  read: (text) => (text === "strongest" ? null : readIndex(text)),
};

const headsOffField: Field<readonly HeadIndex[]> = listField("off", {
  write: ({ kind, layer, head }) =>
    [layer + 1, head + 1, ...(kind === "self" ? [] : [kind])].join("."),
  read: (text) => {
    const [, layerText, headText, kind = "self"] =
      /^(\d+)\.(\d+)(?:\.(decoder|cross))?$/.exec(text) ?? [];
    const [layer, head] = [readIndex(layerText ?? ""), readIndex(headText ?? "")];
    if (layer === undefined || head === undefined) return undefined;
    return { kind: kind as AttentionKind, layer, head };
  },
});

const tokensHiddenField: Field<readonly number[]> = listField("hidden", {
  write: (token) => String(token + 1),
  read: readIndex,
});

const kFields: { [Name in keyof ViewState]: Field<ViewState[Name]> } = {
  task: choiceField("task", kTasks),
  text: textField("text"),
  question: textField("question"),
  context: textField("context"),
  answer: indexField("answer"),
  source: textField("source"),
  translator: modelField("translator"),
  beams: numberField("beams", { least: 1, most: 5 }),
  sentence: indexField("sentence"),
  step: indexField("step"),
  prompt: textField("prompt"),
  writer: modelField("writer"),
  decoding: choiceField("decoding", kDecodings),
  temperature: numberField("temperature", { least: kColdest, most: kHottest, decimals: 1 }),
  seed: numberField("seed", { least: 0, most: 2 ** 31 - 1 }),
  length: numberField("length", { least: 1, most: 200 }),
  attention: choiceField("attention", kAttentionKinds),
  view: choiceField("view", kViewKinds),
  layer: indexField("layer"),
  head: headField,
  heads: headsField,
  pin: pinField,
  against: againstField,
  trait: choiceField("trait", kTraitFilters),
  mergeWords: flagField("words"),
  hideSpecial: flagField("content"),
  occlusion: flagField("occlusion"),
  stopped: flagField("stopped"),
  compares: flagField("compare"),
  other: textField("other"),
  alignLayer: alignLayerField,
  alignHead: { ...headField, name: "alignhead" },
  swapped: listField("swap", { write: (word) => String(word + 1), read: readIndex }),
  headsOff: headsOffField,
  tokensHidden: tokensHiddenField,
  language: choiceField("lang", kLanguages),
  theme: choiceField("theme", kThemes),
  embed: flagField("embed"),
  section: choiceField("section", kSections),
};

const kChanges = ["headsOff", "tokensHidden"] as const;

/** What only some tasks have a use for; the rest concerns all. */
const kOfTask: Readonly<Record<TaskId, readonly (keyof ViewState)[]>> = {
  sentiment: ["text", "occlusion", "compares", "other", "swapped", ...kChanges],
  qa: ["question", "context", "answer", "occlusion", "stopped", "swapped", ...kChanges],
  translation: [
    "source",
    "translator",
    "beams",
    "sentence",
    "step",
    "stopped",
    "alignLayer",
    "alignHead",
    ...kChanges,
  ],
  generate: [
    "prompt",
    "writer",
    "decoding",
    "temperature",
    "seed",
    "length",
    "step",
    "stopped",
    ...kChanges,
  ],
};

/** The link says what the present task needs, and nothing of the others. */
export function toHash(view: ViewState): string {
  const own = kOfTask[view.task];
  const foreign = Object.values(kOfTask)
    .flat()
    .filter((name) => !own.includes(name));
  const values = new URLSearchParams();
  for (const name of fieldNames())
    if (!foreign.includes(name)) writeField(values, name, view[name]);
  return `#${values}`;
}

/** What the hash does not say, or says wrongly, is as in `defaults`. */
export function fromHash(hash: string, defaults: ViewState): ViewState {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const entries = fieldNames().map((name) => {
    const value = readField(values, name);
    return [name, value === undefined ? defaults[name] : value];
  });
  return Object.fromEntries(entries) as ViewState;
}

function fieldNames(): (keyof ViewState)[] {
  return Object.keys(kFields) as (keyof ViewState)[];
}

function writeField<Name extends keyof ViewState>(
  values: URLSearchParams,
  name: Name,
  value: ViewState[Name],
): void {
  const text = kFields[name].write(value);
  if (text !== null) values.set(kFields[name].name, text);
}

function readField(values: URLSearchParams, name: keyof ViewState) {
  const text = values.get(kFields[name].name);
  return text === null ? undefined : kFields[name].read(text);
}
