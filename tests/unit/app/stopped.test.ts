import { describe, expect, it } from "vitest";
import type { GenerationReading } from "../../../web/app/tasks/generation/reading.js";
import { stoppableOf } from "../../../web/app/tasks/generation/stopped.js";
import { settledAfter, stopEarly } from "../../../web/app/views/stopped/stopped.js";
import { crossAttention, tokens } from "./fake-trace.js";

describe("stopping early", () => {
  it("leaves out all layers, then one less each time, and ends with the whole model", async () => {
    const asked: number[][] = [];
    const model = {
      layers: 3,
      full: "whole",
      answerWithout: (skipped: number[]) => {
        asked.push(skipped);
        return Promise.resolve(`without ${skipped.length}`);
      },
    };
    const seen: (readonly string[])[] = [];
    for await (const answers of stopEarly(model, new AbortController().signal)) seen.push(answers);
    expect(asked).toEqual([[0, 1, 2], [1, 2], [2]]);
    expect(seen.map(({ length }) => length)).toEqual([1, 2, 3, 4]);
    expect(seen.at(-1)).toEqual(["without 3", "without 2", "without 1", "whole"]);
  });

  it("knows from where on the answer stays", () => {
    expect(settledAfter(["a", "b", "a", "a"])).toBe(2);
    expect(settledAfter(["a", "a", "a"])).toBe(0);
    expect(settledAfter(["a", "b"])).toBe(1);
  });
});

describe("a model that writes, stopped early", () => {
  const decoder = { ...crossAttention(), kind: "decoder", layers: 2 } as const;
  const sentence = {
    ...{ text: "three cats", generated: "三只", score: -1, hideable: [] },
    ...{ written: tokens("[S]", "三", "只"), trace: [decoder] },
  };
  const reading: GenerationReading = {
    outputs: [{ text: "三只", score: -1 }],
    sentences: [sentence],
  };
  const askedOf = async (length: number | null) => {
    const asked: object[] = [];
    const model = stoppableOf(
      reading,
      (options) => {
        asked.push(options);
        return Promise.resolve({ ...reading, outputs: [{ text: "early", score: null }] });
      },
      length,
    )!;
    expect([model.layers, model.full]).toEqual([2, "三只"]);
    const answer = await model.answerWithout([1], new AbortController().signal);
    expect(answer).toBe("early");
    return asked[0];
  };

  it("may write about twice as much, or as much as was asked for", async () => {
    expect(await askedOf(null)).toMatchObject({ skip_layers: [1], max_new_tokens: 14 });
    expect(await askedOf(10)).toMatchObject({ skip_layers: [1], max_new_tokens: 10 });
  });

  it("is nothing to stop without a trace", () => {
    const untraced = { ...reading, sentences: [{ ...sentence, trace: null }] };
    expect(stoppableOf(untraced, () => Promise.reject(new Error("not asked")), null)).toBe(null);
  });
});
