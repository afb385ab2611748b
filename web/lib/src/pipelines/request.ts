// From what a caller gives to what the engine takes.

import { invalid, readSignal, refuseUnknown } from "../options.js";
import type { ModelLease } from "../client/model-lease.js";
import { wellFormed } from "../text.js";
import type { RunAnswer, RunRequest } from "../worker/api.js";

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

/** Reads one input or each of several; `read` gives undefined for what is not as expected. */
export function readInputs<T>(
  task: string,
  inputs: unknown,
  expected: string,
  read: (value: unknown) => T | undefined,
): T[] {
  const isSeveral = Array.isArray(inputs);
  return (isSeveral ? inputs : [inputs]).map((value, i) => {
    const input = read(value);
    if (input !== undefined) return input;
    if (isSeveral) throw invalid(task, `its input [${i}]`, expected, value);
    throw invalid(task, "its input", `${expected}, or an array of such`, value);
  });
}

/** A string, or undefined. */
export function readString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export interface RunText {
  text: string;
  pair?: string | undefined;
}

/**
 * Texts go to the engine together up to as many UTF-16 units: enough to share its passes, and few
 * enough that a pass ends soon, so that an abort leaves little undone and others get their turn.
 */
const kUnitsTogether = 1024;

/** The engine's answer to each text, in order. */
export async function runTexts(
  lease: ModelLease,
  task: string,
  texts: RunText[],
  { json, signal }: Wish<object>,
): Promise<RunAnswer[]> {
  const requests = together(texts).map((some) => requestFor(task, some, json));
  const answers = await Promise.all(requests.map((request) => lease.run(request, signal)));
  return answers.flat();
}

/** Neighbours of one kind, pairs or single texts, as many as fit. */
function together(texts: RunText[]): RunText[][] {
  const groups: RunText[][] = [];
  let room = 0;
  let isOfPairs: boolean | undefined;
  for (const one of texts) {
    const isPair = one.pair !== undefined;
    const units = one.text.length + (one.pair?.length ?? 0);
    if (isPair !== isOfPairs || units > room) {
      groups.push([]);
      room = kUnitsTogether;
      isOfPairs = isPair;
    }
    groups.at(-1)!.push(one);
    room -= units;
  }
  return groups;
}

function requestFor(task: string, texts: RunText[], options: string): RunRequest {
  const pairs = texts.flatMap(({ pair }) => (pair === undefined ? [] : [wellFormed(pair)]));
  return { task, texts: texts.map(({ text }) => wellFormed(text)), pairs, options };
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
