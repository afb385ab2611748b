// From what a caller gives to what the engine takes.

import { invalid, readSignal, refuseUnknown } from "../options.js";
import type { RunRequest } from "../seam.js";
import { wellFormed } from "../text.js";

/** Options that every task has. */
const kCommonOptions = [
  ...["output_attentions", "output_hidden_states", "inspect"],
  ...["mask_heads", "mask_tokens", "replace_attention", "skip_layers", "signal"],
];

/** The options of one call: what goes to the engine, and what stays here. */
export interface Wish<O extends object> {
  options: O;
  /** All but the signal, as JSON. */
  json: string;
  signal: AbortSignal | undefined;
}

/**
 * Refuses an option by name when the task does not know it, or when JSON cannot carry its value.
 * What the values mean is for the engine to check.
 */
export function readWish<O extends object>(
  task: string,
  options: O,
  known: readonly string[],
): Wish<O> {
  refuseUnknown(task, options, [...known, ...kCommonOptions]);
  const { signal, ...rest } = options as O & { signal?: unknown };
  for (const [name, value] of Object.entries(rest)) refuseUnsendable(task, name, value);
  return { options, json: JSON.stringify(rest), signal: readSignal(task, signal) };
}

export function requestFor(
  task: string,
  text: string,
  textPair: string | undefined,
  options: string,
): RunRequest {
  return {
    task,
    text: wellFormed(text),
    textPair: wellFormed(textPair ?? ""),
    hasTextPair: textPair !== undefined,
    options,
  };
}

/** JSON would leave these out, or make them null, without a word. */
function refuseUnsendable(task: string, name: string, value: unknown): void {
  const isSendable =
    value === undefined ||
    value === null ||
    ["string", "boolean", "object"].includes(typeof value) ||
    Number.isFinite(value);
  if (!isSendable) throw invalid(task, name, "a value that JSON can carry", value);
}
