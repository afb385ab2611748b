// What went wrong, in a form that the page can put into words.

import { GlassformerError, type ErrorCode } from "glassformer";

export interface Problem {
  code: ErrorCode;
  /** What the package said, for those who want to know. */
  message: string;
}

export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof GlassformerError) return { code: thrown.code, message: thrown.message };
  return { code: "INTERNAL", message: String(thrown) };
}
