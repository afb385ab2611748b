import type { SentenceResult } from "glassformer";
import { describe, expect, it } from "vitest";
import { addStep, readingOf } from "../../../web/app/tasks/generation/reading.js";
import {
  candidatesFor,
  pathOf,
  treeOf,
  type Choice,
  type Step,
} from "../../../web/app/tasks/generation/steps.js";
import { shownToken } from "../../../web/app/state/tokens.js";

const choice = (parent: number, token: string, score: number, finished = false): Choice => ({
  parent,
  token,
  text: token,
  score,
  finished,
});
const candidates = (...tokens: string[]) => tokens.map((token) => ({ token, probability: 0.5 }));

// Two beams. The second one of the first step wins; a text that ended early loses.
const kSteps: Step[] = [
  { hypotheses: [choice(0, "a", -1), choice(0, "b", -2)], candidates: [candidates("a", "b")] },
  {
    hypotheses: [choice(1, "c", -3), choice(0, "d", -4), choice(0, "end", -2.5, true)],
    candidates: [candidates("d", "end"), candidates("c")],
  },
  { hypotheses: [choice(0, "end", -0.5, true)], candidates: [candidates("end"), candidates("x")] },
];

describe("the tree of a beam search", () => {
  const tree = treeOf(kSteps);
  const tokens = (nodes: { token: string }[]) => nodes.map(({ token }) => token);

  it("leads from the best finished text back to the first token", () => {
    expect(tokens(pathOf(tree))).toEqual(["b", "c", "end"]);
    expect(tree[2]![0]!.before).toBe(tree[1]![0]);
  });

  it("counts parents among the unfinished of the step before", () => {
    const late: Step = { hypotheses: [choice(1, "e", -9)], candidates: [] };
    const grown = treeOf([kSteps[0]!, kSteps[1]!, late]);
    expect(grown[2]![0]!.before!.token).toBe("d");
  });

  it("while nothing is finished, leads to the best so far", () => {
    expect(tokens(pathOf(treeOf(kSteps.slice(0, 1))))).toEqual(["a"]);
    expect(pathOf(treeOf([]))).toEqual([]);
  });

  it("knows what each token was chosen from", () => {
    const [b, c] = pathOf(tree);
    expect(tokens([...candidatesFor(kSteps, b!)])).toEqual(["a", "b"]);
    expect(tokens([...candidatesFor(kSteps, c!)])).toEqual(["c"]);
  });
});

it("steps are kept by sentence", () => {
  const step = (sentence: number, token: string) => ({
    step: 0,
    texts: [token],
    settled: "",
    sentences: [
      {
        input: 0,
        sentence,
        finished: false,
        hypotheses: [{ ...choice(0, token, 0), id: 1, log_probability: 0 }],
        candidates: [],
      },
    ],
  });
  const steps = [step(1, "b"), step(0, "a"), step(1, "c")].reduce(addStep, []);
  expect(steps.map((of) => of.map(({ hypotheses }) => hypotheses[0]!.token))).toEqual([
    ["a"],
    ["b", "c"],
  ]);
});

describe("what a generation gave", () => {
  const facts = (tokens: string[], special: boolean[]) => ({
    tokens,
    ids: tokens.map((_, i) => i),
    offsets: tokens.map((_, i) => [i, i + 1] as [number, number]),
    special,
    sequence_ids: special.map((isSpecial) => (isSpecial ? null : (0 as const))),
  });
  const tensor = (queries: number, keys: number) => [
    { data: new Float32Array(2 * queries * keys), dims: [1, 2, queries, keys] },
  ];
  const sentence: SentenceResult = {
    text: "ab",
    start: 0,
    end: 2,
    generated_text: "xyz",
    score: -0.5,
    token_ids: [],
    truncated: 0,
    source: facts(["a", "b", "</s>"], [false, false, true]),
    target: facts(["<pad>", "x", "y", "z"], [true, false, false, false]),
    encoder_attentions: tensor(3, 3),
    decoder_attentions: tensor(4, 4),
    cross_attentions: tensor(4, 3),
  };
  const read = (one: SentenceResult) =>
    readingOf([{ sentences: [one] }], () => "xyz").sentences[0]!.trace!;

  it("has three attentions, each with its own queries and keys", () => {
    const trace = read(sentence);
    expect(trace.map(({ kind }) => kind)).toEqual(["self", "decoder", "cross"]);
    expect(trace.map(({ isCausal }) => isCausal)).toEqual([false, true, false]);
    expect(trace.map(({ queries, keys }) => [queries.length, keys.length])).toEqual([
      [3, 3],
      [4, 4],
      [4, 3],
    ]);
    expect(trace[1]!.queries).toBe(trace[1]!.keys);
    expect(trace[2]!.queries.map(({ text }) => text)).toEqual(["<pad>", "x", "y", "z"]);
  });

  it("has tokens that can be hidden: the source's, or those it began with", () => {
    const hideable = (one: SentenceResult) =>
      readingOf([{ sentences: [one] }], () => "xyz").sentences[0]!.hideable.map(({ text }) => text);
    expect(hideable(sentence)).toEqual(["a", "b", "</s>"]);
    const { source, encoder_attentions, cross_attentions, ...decoder } = sentence;
    void [source, encoder_attentions, cross_attentions];
    expect(hideable({ ...decoder, token_ids: [7, 8] })).toEqual(["<pad>", "x"]);
  });

  it("leaves out the token that asks nothing any more", () => {
    const { source, encoder_attentions, cross_attentions, ...decoder } = sentence;
    void [source, encoder_attentions, cross_attentions];
    const trace = read({ ...decoder, decoder_attentions: tensor(3, 3) });
    expect(trace).toHaveLength(1);
    expect(trace[0]!.queries.map(({ text }) => text)).toEqual(["<pad>", "x", "y"]);
    expect(trace[0]!.keys).toBe(trace[0]!.queries);
  });

  it("has a score only where one sentence is all", () => {
    const two = readingOf([{ sentences: [sentence, sentence] }], () => "xyz xyz");
    expect(two.outputs).toEqual([{ text: "xyz xyz", score: null }]);
    expect(readingOf([{ sentences: [sentence] }], () => "xyz").outputs[0]!.score).toBe(-0.5);
  });

  it("is nothing for a text without words", () => {
    expect(readingOf([{ sentences: [] }], () => "  ")).toEqual({
      outputs: [{ text: "  ", score: null }],
      sentences: [],
    });
  });
});

it("tokens are shown without the alphabet of their vocabulary", () => {
  expect(["Ġdog", "▁dog", "ĊĊ"].map(shownToken)).toEqual(["▁dog", "▁dog", "↵↵"]);
});
