// Steps that are told by a callback, as an async iterator.

import type { GenerationStream } from "./generation-types.js";

/**
 * Starts at once. Leaving the loop early ends the work; its failure is thrown where the loop stands,
 * and is the rejection of `result`.
 */
export function streamOf<S, R>(
  start: (onStep: (step: S) => void, signal: AbortSignal) => Promise<R>,
  signal: AbortSignal | undefined,
): GenerationStream<R> & AsyncIterable<S> {
  const leaving = new AbortController();
  const steps: S[] = [];
  let wake = () => {};
  let isDone = false;
  const result = start(
    (step) => {
      steps.push(step);
      wake();
    },
    signal ? AbortSignal.any([signal, leaving.signal]) : leaving.signal,
  ).finally(() => {
    isDone = true;
    wake();
  });
  result.catch(() => undefined); // whoever awaits it, or loops, sees the failure
  async function* iterate(): AsyncGenerator<S> {
    try {
      while (!isDone || steps.length > 0) {
        const step = steps.shift();
        if (step === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else yield step;
      }
      await result;
    } finally {
      leaving.abort();
    }
  }
  return { result, [Symbol.asyncIterator]: iterate } as GenerationStream<R> & AsyncIterable<S>;
}
