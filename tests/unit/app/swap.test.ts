import { describe, expect, it } from "vitest";
import { around, chooseWord, joined, swapWords, wordsIn } from "../../../web/app/state/swap.js";

const kDog = "The dog bit the man.";
const swapped = (text: string, chosen: number[]) => {
  const parts = swapWords(text, chosen);
  return parts && joined(parts);
};

describe("two words in each other's place", () => {
  it("leave everything else as it is, in whichever order they were chosen", () => {
    expect(swapped(kDog, [1, 4])).toBe("The man bit the dog.");
    expect(swapped(kDog, [4, 1])).toBe("The man bit the dog.");
    expect(swapped("  a,\n b😀c — don't! ", [0, 3])).toBe("  don't,\n b😀c — a! ");
  });

  it("are known as those that moved", () => {
    expect(swapWords("dog bites man", [0, 2])).toEqual([
      { text: "man", isMoved: true },
      { text: " bites ", isMoved: false },
      { text: "dog", isMoved: true },
    ]);
  });

  it("are found in Chinese, too", () => {
    const words = wordsIn("狗咬人。").map(({ text }) => text);
    expect(words.join("")).toBe("狗咬人");
    expect(swapped("房间 干净。", [0, 1])).toBe("干净 房间。");
  });

  it("are none where the text has no such two words", () => {
    expect(swapped(kDog, [])).toBeNull();
    expect(swapped(kDog, [1])).toBeNull();
    expect(swapped(kDog, [1, 5])).toBeNull();
    expect(swapped("so so", [0, 1])).toBeNull();
    expect(swapped("", [0, 1])).toBeNull();
  });

  it("are shown with what is around them", () => {
    const [far, near] = ["x".repeat(500), " and "];
    const text = (long: string) => around(swapWords(`${long} cat${near}dog ${long}`, [1, 3])!);
    expect(joined(text("a"))).toBe("a dog and cat a");
    const short = text(far);
    expect(short.map(({ isMoved }) => isMoved)).toEqual([false, true, false, true, false]);
    expect(joined(short)).toBe(`…${"x".repeat(119)} dog and cat ${"x".repeat(119)}…`);
  });

  it("are chosen one after the other, and let go again", () => {
    expect(chooseWord([], 3)).toEqual([3]);
    expect(chooseWord([3], 1)).toEqual([3, 1]);
    expect(chooseWord([3, 1], 3)).toEqual([1]);
    expect(chooseWord([3, 1], 0)).toEqual([0]);
  });
});
