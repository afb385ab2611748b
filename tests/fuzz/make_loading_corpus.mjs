// Makes the corpus that fuzzing "loading" starts from: the two tiny models of tests/fuzz/loading.cc, whole and
// in shards, in every type of weights. The layout of the files is in tests/fuzz/loading.h.
//
//     node tests/fuzz/make_loading_corpus.mjs
import { Buffer } from "node:buffer";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "corpus/loading");
const [dModel, dFf, vocab, positions, labels] = [4, 6, 8, 8, 2];

const linear = (name, dIn, dOut) => ({ [`${name}.weight`]: [dOut, dIn], [`${name}.bias`]: [dOut] });
const turned = (name, dIn, dOut) => ({ [`${name}.weight`]: [dIn, dOut], [`${name}.bias`]: [dOut] });
const norm = (name) => ({ [`${name}.weight`]: [dModel], [`${name}.bias`]: [dModel] });

function encoder() {
  const layer = "distilbert.transformer.layer.0";
  const attention = ["q_lin", "k_lin", "v_lin", "out_lin"];
  return {
    "distilbert.embeddings.word_embeddings.weight": [vocab, dModel],
    "distilbert.embeddings.position_embeddings.weight": [positions, dModel],
    ...norm("distilbert.embeddings.LayerNorm"),
    ...Object.assign(
      {},
      ...attention.map((name) => linear(`${layer}.attention.${name}`, dModel, dModel)),
    ),
    ...norm(`${layer}.sa_layer_norm`),
    ...linear(`${layer}.ffn.lin1`, dModel, dFf),
    ...linear(`${layer}.ffn.lin2`, dFf, dModel),
    ...norm(`${layer}.output_layer_norm`),
    ...linear("pre_classifier", dModel, dModel),
    ...linear("classifier", dModel, labels),
  };
}

function decoder() {
  return {
    "transformer.wte.weight": [vocab, dModel],
    "transformer.wpe.weight": [positions, dModel],
    ...norm("transformer.h.0.ln_1"),
    ...turned("transformer.h.0.attn.c_attn", dModel, 3 * dModel),
    ...turned("transformer.h.0.attn.c_proj", dModel, dModel),
    ...norm("transformer.h.0.ln_2"),
    ...turned("transformer.h.0.mlp.c_fc", dModel, dFf),
    ...turned("transformer.h.0.mlp.c_proj", dFf, dModel),
    ...norm("transformer.ln_f"),
  };
}

const elementBytes = { F32: 4, F16: 2, BF16: 2, I8: 1 };

// Halves are 0x3Cnn: about 1 as F16, about 0.01 as BF16.
function element(dtype, i) {
  const bytes = Buffer.alloc(elementBytes[dtype]);
  if (dtype === "F32") bytes.writeFloatLE(Math.sin(i));
  else if (dtype === "I8") bytes.writeInt8(Math.round(127 * Math.sin(i)));
  else bytes.writeUInt16LE(0x3c00 + (i % 256));
  return bytes;
}

function data({ dtype, shape }) {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return Buffer.concat(Array.from({ length: count }, (_, i) => element(dtype, i)));
}

// [name, {dtype, shape}] of every tensor: matrices as `dtype`, I8 with its scales, vectors as F32.
function tensors(shapes, dtype) {
  return Object.entries(shapes).flatMap(([name, shape]) => {
    if (shape.length === 1) return [[name, { dtype: "F32", shape }]];
    const matrix = [name, { dtype, shape }];
    return dtype === "I8"
      ? [matrix, [`${name}_scale`, { dtype: "F32", shape: [shape[0]] }]]
      : [matrix];
  });
}

function safetensors(list) {
  const header = {};
  const parts = list.map(([, tensor]) => data(tensor));
  let begin = 0;
  list.forEach(([name, tensor], i) => {
    header[name] = { ...tensor, data_offsets: [begin, begin + parts[i].length] };
    begin += parts[i].length;
  });
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...parts]);
}

function shardIndex(shards) {
  const map = shards.flatMap((list, i) => list.map(([name]) => [name, `${i}.safetensors`]));
  return JSON.stringify({ weight_map: Object.fromEntries(map) });
}

// options: tests/fuzz/loading.h's first byte; pieces: its four sizes, each 2 n + 1 bytes.
function write(name, { options, pieces, index = "", files }) {
  const framed = files.flatMap((file) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(file.length);
    return [length, file];
  });
  const first = Buffer.from([options, ...pieces]);
  writeFileSync(join(folder, name), Buffer.concat([first, Buffer.from(`${index}\0`), ...framed]));
}

const storages = { auto: 0, fp32: 4, fp16: 8, q8: 12 };
const [decoderBit, sizesBit] = [1, 2];

mkdirSync(folder, { recursive: true });
for (const [i, dtype] of Object.keys(elementBytes).entries()) {
  const pieces = [0, 3, 16 * i, 255];
  const file = safetensors(tensors(encoder(), dtype));
  write(`encoder-${dtype}`, { options: sizesBit | (4 * i), pieces, files: [file] });
}
for (const dtype of ["F32", "F16"]) {
  const file = safetensors(tensors(decoder(), dtype));
  const options = decoderBit | storages[dtype === "F32" ? "q8" : "fp16"];
  write(`decoder-${dtype}`, { options, pieces: [40, 1, 0, 2], files: [file] });
}
const all = tensors(decoder(), "F32");
const shards = [all.slice(0, 7), all.slice(7)];
const files = shards.map(safetensors);
const sharded = { pieces: [9, 200, 9, 9], index: shardIndex(shards) };
write("shards", { ...sharded, options: decoderBit | sizesBit | storages.q8, files });
write("shards-in-wrong-order", { ...sharded, options: decoderBit, files: [...files].reverse() });
write("shard-missing", { ...sharded, options: decoderBit, files: files.slice(0, 1) });
write("one-too-many", { ...sharded, options: decoderBit, files: [...files, files[0]] });
write("truncated", { options: 0, pieces: [1, 2, 3, 4], files: [files[0].subarray(0, 700)] });
write("no-tensors", { options: 0, pieces: [0, 0, 0, 0], files: [safetensors([])] });
