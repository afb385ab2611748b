import { describe, expect, it } from "vitest";
import { points } from "../../../web/app/i18n/numbers.js";
import { edgesOf, windowOf } from "../../../web/app/tasks/qa/places.js";
import {
  extentOf,
  occlude,
  strongest,
  wordsOf,
  type Occluded,
  type Subject,
} from "../../../web/app/views/occlusion/occlusion.js";
import { tokens } from "./fake-trace.js";

const kTokens = tokens("[CLS]", "he", "dislike", "##s", "it", "[SEP]");

/** A model for which each token is worth its position, in per cent. */
function fakeSubject(asked: number[][] = []): Subject {
  return {
    tokens: kTokens,
    scoreWithout: (hidden) => {
      asked.push([...hidden]);
      return Promise.resolve(hidden.reduce((score, token) => score - token / 100, 0.9));
    },
  };
}

async function all(subject: Subject): Promise<Occluded[]> {
  const results: Occluded[] = [];
  for await (const result of occlude(subject, new AbortController().signal)) results.push(result);
  return results;
}

describe("the words that are hidden", () => {
  it("are whole words, without special tokens", () => {
    expect(wordsOf(kTokens).map(({ text, tokens }) => [text, tokens])).toEqual([
      ["he", [1]],
      ["dislikes", [2, 3]],
      ["it", [4]],
    ]);
  });

  it("belong to the text they are from", () => {
    const pair = tokens("[CLS]", "who", "?", "[SEP]", "a", "##b", "c", "[SEP]");
    expect(wordsOf(pair).map(({ text, part }) => [text, part])).toEqual([
      ["who", 0],
      ["?", 0],
      ["ab", 1],
      ["c", 1],
    ]);
  });
});

describe("occlusion", () => {
  it("asks once for all words, then once without each", async () => {
    const asked: number[][] = [];
    const last = (await all(fakeSubject(asked))).at(-1)!;
    expect(asked).toEqual([[], [1], [2, 3], [4]]);
    expect(last.full).toBe(0.9);
    [-0.01, -0.05, -0.04].forEach((change, i) => expect(last.changes[i]).toBeCloseTo(change, 12));
  });

  it("tells what it knows after each word", async () => {
    const results = await all(fakeSubject());
    expect(results.map(({ changes }) => changes.length)).toEqual([0, 1, 2, 3]);
  });

  it("ends with the error of the model", async () => {
    const subject = { ...fakeSubject(), scoreWithout: () => Promise.reject(new Error("gone")) };
    await expect(all(subject)).rejects.toThrow("gone");
  });

  it("finds the words that matter, whichever way", () => {
    expect(strongest([-0.01, 0.3, -0.4, 0], 2)).toEqual([2, 1]);
    expect(strongest([0.1], 3)).toEqual([0]);
  });

  it("does not make much of little", () => {
    expect(extentOf([-0.4, 0.3])).toBe(0.4);
    expect(extentOf([0.001])).toBe(0.02);
    expect(extentOf([])).toBe(0.02);
  });
});

describe("a change", () => {
  it("is signed, in percentage points", () => {
    expect([0.4123, -0.0031, 0.0001, -0.0001, 0].map((change) => points(change, "en"))).toEqual([
      "+41.2",
      "−0.3",
      "0.0",
      "0.0",
      "0.0",
    ]);
  });
});

describe("the answer's tokens", () => {
  // "who ? a bc d": the context is "a bc d", of which b and c are pieces of one word.
  const reading = {
    tokens: tokens("[CLS]", "who", "?", "[SEP]", "a", "b", "##c", "d", "[SEP]"),
    offsets: [
      [0, 0],
      [0, 3],
      [3, 4],
      [0, 0],
      [0, 1],
      [2, 3],
      [3, 4],
      [5, 6],
      [0, 0],
    ] as const,
    isContext: [false, false, false, false, true, true, true, true, false],
  };

  it("are all pieces of its first word, and of its last", () => {
    expect(edgesOf(reading, { start: 2, end: 6 })).toEqual({ first: [5, 6], last: [7] });
    expect(edgesOf(reading, { start: 0, end: 1 })).toEqual({ first: [4], last: [4] });
  });

  it("are the first token where there is no answer", () => {
    expect(edgesOf(reading, { start: 0, end: 0 })).toEqual({ first: [0], last: [0] });
  });

  it("are from the part of the text that was read", () => {
    expect(windowOf(reading)).toEqual({ start: 0, end: 6 });
  });
});
