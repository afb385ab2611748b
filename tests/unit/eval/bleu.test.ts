// The evaluation's BLEU against sacreBLEU's own tokens and scores (tests/golden/bleu).

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { corpusBleu, tokenisers } from "../../eval/bleu.mjs";

interface Corpus {
  first: number;
  last: number;
  bleu: number;
}

interface Golden {
  lines: string[];
  translations: string[];
  references: string[];
  tokenizers: Record<"13a" | "zh", { tokens: string[]; corpora: Corpus[] }>;
}

const golden = JSON.parse(
  readFileSync(new URL("../../golden/bleu/bleu.json", import.meta.url), "utf8"),
) as Golden;

describe.each(["13a", "zh"] as const)("%s", (name) => {
  const { tokens, corpora } = golden.tokenizers[name];

  it.each(golden.lines.map((line, i) => [line, tokens[i]!]))("tokenises %j", (line, expected) => {
    expect(tokenisers[name](line).join(" ")).toBe(expected);
  });

  it.each(corpora)("scores lines $first to $last", ({ first, last, bleu }) => {
    const { translations, references } = golden;
    const score = corpusBleu(translations.slice(first, last), references.slice(first, last), name);
    expect(score).toBeCloseTo(bleu, 8);
  });
});

it("is 100 for the references themselves, and 0 without any word in common", () => {
  expect(corpusBleu(golden.references, golden.references, "13a")).toBeCloseTo(100, 10);
  expect(corpusBleu(["no word of it"], ["something else entirely here"], "13a")).toBe(0);
  expect(corpusBleu([""], ["an empty translation"], "13a")).toBe(0);
});
