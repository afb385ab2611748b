// What is changed in the pass of a model that writes, in the engine's terms, and the sentence that
// comes of it.

import { maskOptions, type Changes } from "../../state/changes.js";
import type { Trace } from "../../state/trace.js";
import type { GenerationReading, SentenceReading } from "./reading.js";

/** A sentence whose trace is there: it can be generated from again with changes. */
export type TracedSentence = SentenceReading & { trace: Trace };

export function isTraced(sentence: SentenceReading | null): sentence is TracedSentence {
  return sentence !== null && sentence.trace !== null;
}

/** A model that is one stack has one attention: masked or not, its own. */
export function changeOptions({ heads, tokens }: Changes, trace: Trace) {
  const isOneStack = trace.length === 1;
  return maskOptions({
    heads: isOneStack ? heads.map((place) => ({ ...place, kind: "self" })) : heads,
    tokens,
  });
}

/** What became of a sentence that was generated from alone. */
export function changedSentence(reading: GenerationReading): TracedSentence {
  const sentence = reading.sentences[0] ?? null;
  if (!isTraced(sentence)) throw new Error("a sentence has a result with a trace");
  return sentence;
}
