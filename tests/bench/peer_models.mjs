// The project's own models as transformers.js wants them: the same weights as an ONNX graph in
// int8, below build/bench/peer/<id>.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { exportMarian } from "./export_marian.mjs";
import { exportOnnx } from "./export_onnx.mjs";
import { writeParts } from "./models.mjs";

const kTypes = { F32: Float32Array, I8: Int8Array };

/** Name to { dims, data } in f32; int8 rows are multiplied by their scales. */
function readWeights(path) {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString("utf8", 8, 8 + headerBytes));
  delete header.__metadata__;
  const tensor = ({ dtype, shape, data_offsets: [begin, end] }) => {
    const bytes = file.subarray(8 + headerBytes + begin, 8 + headerBytes + end);
    return { dims: shape, data: new kTypes[dtype](Uint8Array.from(bytes).buffer) };
  };
  const stored = new Map(Object.entries(header).map(([name, entry]) => [name, tensor(entry)]));
  const weights = new Map();
  for (const [name, { dims, data }] of stored) {
    const scales = stored.get(`${name}_scale`);
    const value = (x, i) => x * scales.data[Math.floor(i / dims.at(-1))];
    weights.set(name, { dims, data: scales ? Float32Array.from(data, value) : data });
  }
  return weights;
}

const bertShape = (config) => ({
  d_model: config.hidden_size,
  d_ff: config.intermediate_size,
  n_heads: config.num_attention_heads,
  n_layers: config.num_hidden_layers,
});

const marianShape = (config) => ({
  d_model: config.d_model,
  n_heads: config.decoder_attention_heads,
  encoder_layers: config.encoder_layers,
  decoder_layers: config.decoder_layers,
  positions: config.max_position_embeddings,
});

/** By model_type: the class of its tokenizer, and its graphs by their files' names. */
const families = {
  bert: {
    tokenizer: "BertTokenizer",
    graphs(weights, config) {
      const head = config.architectures[0].endsWith("QuestionAnswering")
        ? "question-answering"
        : "classification";
      const options = { isInt8: true, hasTypes: true, hasInt8Words: true, head };
      return { model: exportOnnx(weights, bertShape(config), options) };
    },
  },
  marian: {
    tokenizer: "MarianTokenizer",
    graphs(weights, config) {
      const { encoder, decoder } = exportMarian(weights, marianShape(config));
      return { encoder_model: encoder, decoder_model_merged: decoder };
    },
  },
};

/** What a peer's model depends on besides its weights. */
const recipe = ["export_marian.mjs", "export_onnx.mjs", "onnx.mjs", "onnx_layers.mjs"];
const copied = ["config.json", "generation_config.json", "tokenizer.json"];

/** Writes `id` of the folder `from` below `to`, unless it is there and newer. */
export function writePeerModel(id, from, to) {
  const target = join(to, id);
  const done = join(target, "tokenizer_config.json"); // written last
  const weights = join(from, id, "model.safetensors");
  const sources = recipe.map((file) => join(import.meta.dirname, file));
  const inputs = [weights, import.meta.filename, ...sources];
  const newest = Math.max(...inputs.map((path) => statSync(path).mtimeMs));
  if (existsSync(done) && statSync(done).mtimeMs > newest) return;
  mkdirSync(join(target, "onnx"), { recursive: true });
  const config = JSON.parse(readFileSync(join(from, id, "config.json"), "utf8"));
  const present = copied.filter((file) => existsSync(join(from, id, file)));
  for (const file of present) copyFileSync(join(from, id, file), join(target, file));
  const { tokenizer, graphs } = families[config.model_type];
  for (const [name, parts] of Object.entries(graphs(readWeights(weights), config)))
    writeParts(join(target, `onnx/${name}_quantized.onnx`), parts);
  const tokenizerConfig = {
    tokenizer_class: tokenizer,
    model_max_length: config.max_position_embeddings,
  };
  writeFileSync(done, JSON.stringify(tokenizerConfig));
}
