// Writes what both engines load into build/bench/<shape>: the same random weights as safetensors
// and as ONNX graphs.

import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

import { exportOnnx } from "./export_onnx.mjs";
import { maxTokens, vocabSize } from "./shapes.mjs";
import { randomWeights } from "./weights.mjs";

export function writeParts(path, parts) {
  const file = openSync(path, "w");
  for (const part of parts) writeSync(file, part);
  closeSync(file);
}

function safetensors(weights) {
  const header = {};
  let end = 0;
  for (const [name, { dims, data }] of weights) {
    const start = end;
    end += data.byteLength;
    header[name] = { dtype: "F32", shape: dims, data_offsets: [start, end] };
  }
  const text = JSON.stringify(header);
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const data = [...weights.values()].map(({ data }) => Buffer.from(data.buffer));
  return [length, json, ...data];
}

const config = (shape) => ({
  model_type: "bert",
  architectures: ["BertForSequenceClassification"],
  vocab_size: vocabSize,
  hidden_size: shape.d_model,
  intermediate_size: shape.d_ff,
  num_attention_heads: shape.n_heads,
  num_hidden_layers: shape.n_layers,
  max_position_embeddings: maxTokens,
  hidden_act: "gelu",
  id2label: { 0: "NEGATIVE", 1: "POSITIVE" },
});

/** Words of one letter are one token; [CLS] and [SEP] stand around them. */
function tokenizer() {
  const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
  const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ...letters];
  const special = (id) => ({ id: vocabulary[id], ids: [id], tokens: [vocabulary[id]] });
  return {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [
        { SpecialToken: { id: "[CLS]", type_id: 0 } },
        { Sequence: { id: "A", type_id: 0 } },
        { SpecialToken: { id: "[SEP]", type_id: 0 } },
      ],
      pair: [],
      special_tokens: { "[CLS]": special(2), "[SEP]": special(3) },
    },
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}

const recipe = [
  "export_onnx.mjs",
  "models.mjs",
  "onnx.mjs",
  "onnx_layers.mjs",
  "shapes.mjs",
  "weights.mjs",
];

/** The files of `shape` below `folder`, written when the recipe is another than last time. */
export function writeModel(shape, folder) {
  const hash = createHash("sha256");
  for (const file of recipe) hash.update(readFileSync(join(import.meta.dirname, file)));
  const state = hash.digest("hex");
  const stamp = join(folder, "recipe.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state) return;
  mkdirSync(folder, { recursive: true });
  const weights = randomWeights(shape);
  writeFileSync(join(folder, "config.json"), JSON.stringify(config(shape)));
  writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(tokenizer()));
  writeParts(join(folder, "model.safetensors"), safetensors(weights));
  writeParts(join(folder, "f32.onnx"), exportOnnx(weights, shape, { isInt8: false }));
  writeParts(join(folder, "int8.onnx"), exportOnnx(weights, shape, { isInt8: true }));
  writeFileSync(stamp, state);
}
