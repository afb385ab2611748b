import { describe, expect, it } from "vitest";
import { partsOf } from "../../../web/app/tasks/qa/answers.js";

const answer = (context: string, text: string, score: number) => {
  const start = context.indexOf(text);
  return { answer: text, start, end: start + text.length, score };
};

describe("the parts of a context", () => {
  const context = "She left in 1874, on a Friday.";
  const rank = (text: string, chosen: number) =>
    partsOf(
      context,
      [answer(context, "1874", 0.7), answer(context, "in 1874, on a Friday", 0.2)],
      chosen,
    )
      .filter((part) => part.text.includes(text))
      .map((part) => part.rank);

  it("put together are the context", () => {
    const parts = partsOf(
      context,
      [answer(context, "1874", 0.7), answer(context, "Friday", 0.2)],
      0,
    );
    expect(parts.map(({ text }) => text)).toEqual([
      "She left in ",
      "1874",
      ", on a ",
      "Friday",
      ".",
    ]);
    expect(parts.map(({ rank }) => rank)).toEqual([null, 0, null, 1, null]);
  });

  it("belong to the chosen answer where answers overlap, else to the better one", () => {
    expect(rank("1874", 0)).toEqual([0]);
    expect(rank("1874", 1)).toEqual([1]);
    const parts = partsOf(
      context,
      [answer(context, "1874", 0.7), answer(context, "in 1874,", 0.2)],
      1,
    );
    expect(parts.map(({ text }) => text)).toEqual(["She left ", "in 1874,", " on a Friday."]);
    expect(rank("Friday", 0)).toEqual([1]);
  });

  it("are one where there is no answer", () => {
    expect(partsOf(context, [{ answer: "", start: 0, end: 0, score: 0.9 }], 0)).toEqual([
      { text: context, rank: null },
    ]);
    expect(partsOf("", [], 0)).toEqual([]);
  });
});
