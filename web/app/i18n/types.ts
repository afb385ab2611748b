// The shape that every dictionary has beyond its plain strings.

import type { ErrorCode } from "glassformer";
import type { ExampleId } from "./examples.js";

export const kTerms = ["token", "special", "attention", "layer", "head", "weight"] as const;
export type TermId = (typeof kTerms)[number];

export interface TermText {
  name: string;
  meaning: string;
}

export interface ErrorText {
  title: string;
  advice: string;
}

/** `null`: the sentence speaks for itself in this language. */
export type ExampleGlosses = Record<ExampleId, string> | null;
export type Terms = Record<TermId, TermText>;
export type Errors = Record<ErrorCode, ErrorText>;
