// What the command line's forward pass says of the inputs that the views are driven with: one
// input for each task, small enough to be shown whole.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askCli } from "./cli.js";
import { floatsOf, readTensors, type Tensors } from "./safetensors.js";
import { kWriterFolder, kWriter, kWriterPrompt } from "./writer.js";

const kTop = join(import.meta.dirname, "../..");
const kLength = 10; // tokens to write
const kBeams = 2;

export type Kind = "self" | "decoder" | "cross";

/** Of one kind of attention. */
export interface Expected {
  kind: Kind;
  layers: number;
  heads: number;
  /** Queries and keys. */
  rows: number;
  columns: number;
  weight: (layer: number, head: number, query: number, key: number) => number;
}

export interface TaskInput {
  task: "sentiment" | "qa" | "translation" | "generate";
  /** What the page's address says of it. */
  view: Record<string, string>;
  /** Runs the command line; `out`: the file for its tensors. */
  expect: (out: string) => Expected[];
}

interface Tokenized {
  ids: number[];
  tokens: string[];
}

interface Generated {
  token_ids: number[];
}

const tokenize = (model: string, ...texts: string[]) =>
  askCli<Tokenized>(["tokenize", "--model", model, "--", ...texts]);

function forward(model: string, out: string, ids: Record<string, readonly number[]>): Tensors {
  const lists = Object.entries(ids).flatMap(([option, list]) => [option, list.join(",")]);
  askCli(["forward", "--model", model, ...lists, "--out", out]);
  return readTensors(out);
}

/** The tensors `name`.0, `name`.1, ..., each [heads, n_q, n_k]. */
function attention(tensors: Tensors, name: string, kind: Kind): Expected {
  const layers = [...tensors.keys()].filter((key) => key.startsWith(`${name}.`)).length;
  const [heads = 0, rows = 0, columns = 0] = tensors.get(`${name}.0`)!.entry.shape.slice(-3);
  const all = Array.from({ length: layers }, (_, i) => floatsOf(tensors.get(`${name}.${i}`)!));
  const weight: Expected["weight"] = (layer, head, query, key) =>
    all[layer]![(head * rows + query) * columns + key]!;
  return { kind, layers, heads, rows, columns, weight };
}

function readWhole(model: string, out: string, texts: string[]): Expected[] {
  const { ids, tokens } = tokenize(model, ...texts);
  const first = tokens.indexOf("[SEP]");
  const types = ids.map((_, i) => (i > first ? 1 : 0));
  const options = texts.length > 1 ? { "--type-ids": types } : {};
  return [attention(forward(model, out, { "--ids": ids, ...options }), "attentions", "self")];
}

const kSentence = "He dislikes any party.";
const kQuestion = "When was it built?";
const kContext = "The lighthouse was built in 1874 from granite. A keeper climbed its 214 steps.";
const kTranslator = "numbers-zh-en";
const kSource = "二〇二一年三月五日";

function translated(out: string): Expected[] {
  const model = `models/${kTranslator}`;
  const settings = JSON.stringify({ num_beams: kBeams });
  const options = ["--model", model, "--options", settings];
  const [best] = askCli<Generated[]>(["run", "translation", ...options, kSource]);
  const config = readFileSync(join(kTop, model, "config.json"), "utf8");
  const { decoder_start_token_id: start } = JSON.parse(config) as {
    decoder_start_token_id: number;
  };
  const decoderIds = [start, ...best!.token_ids];
  const ids = { "--ids": tokenize(model, kSource).ids, "--decoder-ids": decoderIds };
  const tensors = forward(model, out, ids);
  return [
    attention(tensors, "attentions", "self"),
    attention(tensors, "decoder_attentions", "decoder"),
    attention(tensors, "cross_attentions", "cross"),
  ];
}

function written(out: string): Expected[] {
  const settings = JSON.stringify({ max_new_tokens: kLength, do_sample: false });
  const options = ["--model", kWriterFolder, "--options", settings];
  const [best] = askCli<Generated[]>(["run", "text-generation", ...options, kWriterPrompt]);
  const all = [...tokenize(kWriterFolder, kWriterPrompt).ids, ...best!.token_ids];
  const tensors = forward(kWriterFolder, out, { "--ids": all });
  return [attention(tensors, "attentions", "decoder")];
}

export const kTaskInputs: readonly TaskInput[] = [
  {
    task: "sentiment",
    view: { task: "sentiment", text: kSentence },
    expect: (out) => readWhole("models/sentiment-en", out, [kSentence]),
  },
  {
    task: "qa",
    view: { task: "qa", question: kQuestion, context: kContext },
    expect: (out) => readWhole("models/qa-en", out, [kQuestion, kContext]),
  },
  {
    task: "translation",
    view: {
      task: "translation",
      translator: kTranslator,
      source: kSource,
      beams: String(kBeams),
    },
    expect: translated,
  },
  {
    task: "generate",
    view: {
      task: "generate",
      writer: kWriter,
      prompt: kWriterPrompt,
      decoding: "greedy",
      length: String(kLength),
    },
    expect: written,
  },
];
