// How one choice is written into a link and read from it again.

import { wellFormed } from "./text.js";

export interface Field<T> {
  /** Its name in the link. */
  name: string;
  /** null: not written, because it says nothing. */
  write: (value: T) => string | null;
  /** undefined: makes no sense. */
  read: (text: string) => T | undefined;
}

/**
 * Longer than any text that a model reads to its end; what is left out of the link is left out by
 * the model too.
 */
export const kMaxLinkText = 8000;

export function textField(name: string): Field<string> {
  return {
    name,
    write: (value) => wellFormed(value.slice(0, kMaxLinkText)),
    read: (text) => text,
  };
}

export function choiceField<T extends string>(name: string, choices: readonly T[]): Field<T> {
  return {
    name,
    write: (value) => value,
    read: (text) => choices.find((choice) => choice === text),
  };
}

export function flagField(name: string): Field<boolean> {
  return {
    name,
    write: (value) => (value ? "1" : "0"),
    read: (text) => (text === "1" ? true : text === "0" ? false : undefined),
  };
}

/** Layers, heads and tokens count from 1 in links, as on the page. */
export function indexField(name: string): Field<number> {
  return { name, write: (value) => String(value + 1), read: readIndex };
}

/** A number within bounds, with so many decimals at most. */
export function numberField(
  name: string,
  bounds: { least: number; most: number; decimals?: number },
): Field<number> {
  const { least, most, decimals = 0 } = bounds;
  const read = (text: string) => {
    const value = Number(text);
    const isPlain = /^\d+(\.\d+)?$/.test(text) && Number(value.toFixed(decimals)) === value;
    return isPlain && value >= least && value <= most ? value : undefined;
  };
  return { name, write: (value) => String(Number(value.toFixed(decimals))), read };
}

/** A model of this site: a link never makes the page load one from elsewhere. */
export function modelField(name: string): Field<string> {
  const kLocalId = /^[\w-][\w.-]*$/;
  return {
    name,
    write: (value) => value,
    read: (text) => (kLocalId.test(text) ? text : undefined),
  };
}

/** Several of a kind; "none" of them, or joined by hyphens. */
export function listField<T>(
  name: string,
  item: { write: (value: T) => string; read: (text: string) => T | undefined },
): Field<readonly T[]> {
  const kNone = "none";
  return {
    name,
    write: (values) => (values.length === 0 ? kNone : values.map(item.write).join("-")),
    read: (text) => {
      const values = text === kNone ? [] : text.split("-").map(item.read);
      return values.every((value) => value !== undefined) ? values : undefined;
    },
  };
}

export function readIndex(text: string): number | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) - 1 : undefined;
}
