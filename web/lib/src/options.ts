// Options come from people, often in plain JavaScript: a name we do not know is refused, never
// passed over in silence.

import { GlassformerError } from "./errors.js";

/**
 * Throws for the first option that `where` does not know. Options that are undefined count as not
 * given.
 */
export function refuseUnknown(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw invalid(where, "its options", "an object", options);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || known.includes(name)) continue;
    const message = `${where}: the option "${name}" is not supported; it knows ${known.join(", ")}`;
    throw new GlassformerError("UNSUPPORTED", message);
  }
}

export function readOneOf<T extends string>(
  where: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): T {
  if (!(choices as readonly unknown[]).includes(value))
    throw invalid(where, name, choices.join(" or "), value);
  return value as T;
}

export function readSignal(where: string, value: unknown): AbortSignal | undefined {
  if (value === undefined || value instanceof AbortSignal) return value;
  throw invalid(where, "signal", "an AbortSignal", value);
}

export function invalid(
  where: string,
  name: string,
  expected: string,
  got: unknown,
): GlassformerError {
  return new GlassformerError(
    "INVALID_ARGUMENT",
    `${where}: ${name}: expected ${expected}, got ${describe(got)}`,
  );
}

function describe(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? String(value);
  return Array.isArray(value) ? "an array" : "an object";
}
