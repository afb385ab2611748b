import { describe, expect, it } from "vitest";
import { joinTranslations, splitSentences } from "../../../web/lib/src/pipelines/sentences.js";

const sentences = (text: string) =>
  splitSentences(text)
    .filter(({ isSentence }) => isSentence)
    .map(({ text: sentence }) => sentence);

const unchanged = (text: string) => joinTranslations(splitSentences(text), sentences(text));

describe("splitSentences", () => {
  it.each([
    ["Hello there. How are you?", ["Hello there.", "How are you?"]],
    ["Mr. Smith met Dr. Jones. They left.", ["Mr. Smith met Dr. Jones.", "They left."]],
    ["J. R. Smith wrote it. I read it.", ["J. R. Smith wrote it.", "I read it."]],
    ["It costs 3.5 dollars. Cheap!", ["It costs 3.5 dollars.", "Cheap!"]],
    ["你好。你在哪里?我在家!", ["你好。", "你在哪里?", "我在家!"]],
    ["“你好。我走了。”她没有回答。", ["“你好。我走了。”", "她没有回答。"]],
    ["他说:「走吧!」我们走了。", ["他说:「走吧!」", "我们走了。"]],
    ["One line\nanother line", ["One line", "another line"]],
    ["  \n\n ", []],
    ["🎬🎬", []],
    ["", []],
  ])("cuts %j", (text, expected) => {
    expect(sentences(text)).toEqual(expected);
  });

  it("covers the whole text, with every piece where it says it is", () => {
    const text = "  First one.  Second “one. Here”!\r\n\r\n* * *\n第三句。第四句。\n";
    const pieces = splitSentences(text);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    for (const { text: piece, start, end } of pieces) expect(text.slice(start, end)).toBe(piece);
  });

  it("cuts a quotation that is too long", () => {
    const text = `“${"He came and went again. ".repeat(20)}”`;
    const lengths = sentences(text).map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(220);
  });
});

describe("joinTranslations", () => {
  it.each(["One. Two.\n\n  Three!  \n", "* * *\nOne.\t Two.", "", "   ", "🎬 Go! 🎬"])(
    "keeps the layout of %j",
    (text) => {
      expect(unchanged(text)).toBe(text);
    },
  );

  it("sets English sentences apart, and Chinese ones side by side", () => {
    const chinese = splitSentences("你好。再见。\n谢谢。");
    expect(joinTranslations(chinese, ["Hello.", "Goodbye.", "Thanks."])).toBe(
      "Hello. Goodbye.\nThanks.",
    );
    const english = splitSentences("Hello. Goodbye.");
    expect(joinTranslations(english, ["你好。", "再见。"])).toBe("你好。再见。");
  });
});
