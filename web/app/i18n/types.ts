// The shape that every dictionary has beyond its plain strings.

import type { ErrorCode } from "glassformer";
import type { ExampleId } from "./examples.js";
import type { QaExampleId } from "./qa-examples.js";

export const kTerms = [
  "token",
  "special",
  "attention",
  "layer",
  "head",
  "weight",
  "span",
  "decoding",
  "beam",
  "temperature",
] as const;
export type TermId = (typeof kTerms)[number];

export interface TermText {
  name: string;
  meaning: string;
}

export interface ErrorText {
  title: string;
  advice: string;
}

/** What the examples mean that are in another language than the page. */
export type Glosses = Partial<Record<ExampleId, string>>;
/** `null`: they speak for themselves in this language. */
export type QaGlosses = Record<QaExampleId, string> | null;
export type Terms = Record<TermId, TermText>;
export type Errors = Record<ErrorCode, ErrorText>;
