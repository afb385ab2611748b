// Runs in the browser: seconds and WebAssembly memory against the length of a text, and against the
// number of texts.

import { loadOurs, seconds } from "./page.mjs";

/** Short runs are repeated for so long: the shorter one is, the more a busy machine disturbs it. */
const kSeconds = 0.5;

/** The best of some rounds: what is left is what the length costs. */
function best(run, rounds) {
  run(); // memory grows once
  const end = seconds() + kSeconds;
  let least = Infinity;
  for (let round = 0; round < rounds || seconds() < end; round += 1) {
    const start = seconds();
    run();
    least = Math.min(least, seconds() - start);
  }
  return least;
}

/**
 * Lists of { size, seconds, heap }: `tokens` for one text of so many tokens each, shortest first, as
 * memory never shrinks; `sentences` for so many texts of `sentenceTokens`, in one call.
 */
export async function growth({ shape, lengths, counts, sentenceTokens, rounds }) {
  const ofTokens = await loadOurs(shape, "q8", "relaxed");
  const tokens = lengths.map((size) => ({
    size,
    seconds: best(() => ofTokens.run(size), rounds),
    heap: ofTokens.heapBytes(),
  }));
  const ofSentences = await loadOurs(shape, "q8", "relaxed");
  const sentences = counts.map((size) => ({
    size,
    seconds: best(() => ofSentences.run(sentenceTokens, size), size > 100 ? 1 : rounds),
    heap: ofSentences.heapBytes(),
  }));
  return { tokens, sentences };
}
