import { describe, expect, it } from "vitest";
import { en } from "../../../web/app/i18n/en.js";
import { kSentenceExamples } from "../../../web/app/i18n/examples.js";
import { langOf } from "../../../web/app/i18n/lang.js";
import { kQaExamples } from "../../../web/app/i18n/qa-examples.js";
import { compact, fixed, megabytes, percent, weight } from "../../../web/app/i18n/numbers.js";
import { kTerms } from "../../../web/app/i18n/types.js";
import { zh } from "../../../web/app/i18n/zh.js";

/**
 * Every text of a dictionary by its path; of a function, what it gives for recognisable arguments.
 */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function")
    return [[path, String((value as (...args: string[]) => string)("⟨1⟩", "⟨2⟩", "⟨3⟩"))]];
  return Object.entries(value ?? {}).flatMap(([key, child]) => texts(child, `${path}.${key}`));
}

const kOnlyChinese = /^\.(example|qaGlosses)/;

describe("the two languages", () => {
  it("say the same things", () => {
    const paths = (dictionary: unknown) =>
      texts(dictionary)
        .map(([path]) => path)
        .filter((path) => !kOnlyChinese.test(path));
    expect(paths(zh).sort()).toEqual(paths(en).sort());
  });

  it("use every argument of a sentence", () => {
    const english = new Map(texts(en));
    for (const [path, chinese] of texts(zh)) {
      const marks = (text: string) => [...new Set(text.match(/⟨\d⟩/g))].sort();
      if (!kOnlyChinese.test(path))
        expect([path, marks(chinese)]).toEqual([path, marks(english.get(path)!)]);
    }
  });

  it("are written in their own script", () => {
    for (const [path, text] of texts(zh))
      expect([path, /\p{Script=Han}|^[⟨\d⟩/，MB ]+$/u.test(text)]).toEqual([path, true]);
    for (const [path, text] of texts(en))
      expect([path, /\p{Script=Han}/u.test(text)]).toEqual([path, false]);
  });

  it("explain every term and every example", () => {
    expect(Object.keys(zh.terms)).toEqual([...kTerms]);
    const idsIn = (lang: string) =>
      kSentenceExamples.filter(({ text }) => langOf(text) === lang).map(({ id }) => id);
    expect(Object.keys(zh.exampleGlosses)).toEqual(idsIn("en"));
    expect(Object.keys(en.exampleGlosses)).toEqual(idsIn("zh-Hans"));
    expect(Object.keys(zh.qaGlosses!)).toEqual(kQaExamples.map(({ id }) => id));
  });
});

describe("numbers", () => {
  it("are short and honest", () => {
    expect(percent(0.99816, "en")).toBe("99.8%");
    expect([compact(11_380_000, "en"), compact(11_380_000, "zh")]).toEqual(["11.4M", "1138万"]);
    expect(megabytes(11_553_520, "zh")).toBe("11.6");
    expect([-0.0004, -0.0006].map((score) => fixed(score, 3, "en"))).toEqual(["0.000", "-0.001"]);
    expect([0.4242, 0.01, 0.00316, 0].map((value) => weight(value, "en"))).toEqual([
      "0.42",
      "0.01",
      "0.0032",
      "0",
    ]);
  });
});
