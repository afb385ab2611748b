import { expect, it } from "vitest";
import { translatorFor } from "../../../web/app/tasks/translation/direction.js";

const kTranslators = [
  { id: "numbers-zh-en", task: "translation", languages: ["zh", "en"], domain: "numbers" },
  { id: "en-zh", task: "translation", languages: ["en", "zh"] },
  { id: "zh-en", task: "translation", languages: ["zh", "en"] },
];

it.each([
  ["three cats", "en-zh", "en-zh"],
  ["三只猫", "en-zh", "zh-en"],
  ["three cats", "zh-en", "en-zh"],
  ["三只猫", "zh-en", "zh-en"],
  ["三台 iPhone", "en-zh", "zh-en"],
  ["The character 猫 means cat.", "en-zh", "en-zh"],
  ["12:30", "zh-en", "zh-en"],
  ["", "zh-en", "zh-en"],
  ["three cats", "numbers-zh-en", "numbers-zh-en"],
])("%j, with %s chosen, is for %s", (text, chosen, translator) => {
  expect(translatorFor(text, chosen, kTranslators)).toBe(translator);
});

it("is the chosen one on a site without the opposite", () => {
  expect(translatorFor("三只猫", "en-zh", kTranslators.slice(1, 2))).toBe("en-zh");
  expect(translatorFor("三只猫", "en-zh", [])).toBe("en-zh");
});
