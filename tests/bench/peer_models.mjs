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

const shapeOf = (config) => ({
  d_model: config.hidden_size,
  d_ff: config.intermediate_size,
  n_heads: config.num_attention_heads,
  n_layers: config.num_hidden_layers,
});

const tokenizerConfig = (config) => ({
  tokenizer_class: "BertTokenizer",
  model_max_length: config.max_position_embeddings,
});

/** Writes `id` of the folder `from` below `to`, unless it is there and newer. */
export function writePeerModel(id, from, to) {
  const target = join(to, id);
  const graph = join(target, "onnx/model_quantized.onnx");
  const weights = join(from, id, "model.safetensors");
  const inputs = [weights, import.meta.filename, join(import.meta.dirname, "export_onnx.mjs")];
  const newest = Math.max(...inputs.map((path) => statSync(path).mtimeMs));
  if (existsSync(graph) && statSync(graph).mtimeMs > newest) return;
  mkdirSync(join(target, "onnx"), { recursive: true });
  const config = JSON.parse(readFileSync(join(from, id, "config.json"), "utf8"));
  for (const file of ["config.json", "tokenizer.json"])
    copyFileSync(join(from, id, file), join(target, file));
  writeFileSync(join(target, "tokenizer_config.json"), JSON.stringify(tokenizerConfig(config)));
  const head = config.architectures[0].endsWith("QuestionAnswering")
    ? "question-answering"
    : "classification";
  const options = { isInt8: true, hasTypes: true, hasInt8Words: true, head };
  writeParts(graph, exportOnnx(readWeights(weights), shapeOf(config), options));
}
