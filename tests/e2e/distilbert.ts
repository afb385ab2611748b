// A DistilBERT of any size with random weights, written as a repository of the Hub has it: to load
// something as large as the real one without having it.
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";

export interface Size {
  layers: number;
  width: number;
  inner: number;
  vocabulary: number;
  positions: number;
}

/** distilbert-base-uncased with a head for two labels: 67 M parameters, 268 MB in f32. */
export const kRealSize: Size = {
  layers: 6,
  width: 768,
  inner: 3072,
  vocabulary: 30522,
  positions: 512,
};

type Tensor = [name: string, shape: number[]];

const kHeads = 4;
const kBlockFloats = 1 << 20;
const kLargest = 0.05;

function layerTensors(layer: number, { width, inner }: Size): Tensor[] {
  const at = `distilbert.transformer.layer.${layer}`;
  const linear = (name: string, out: number, into: number): Tensor[] => [
    [`${at}.${name}.weight`, [out, into]],
    [`${at}.${name}.bias`, [out]],
  ];
  const norm = (name: string): Tensor[] => [
    [`${at}.${name}.weight`, [width]],
    [`${at}.${name}.bias`, [width]],
  ];
  return [
    ...["q_lin", "k_lin", "v_lin", "out_lin"].flatMap((name) =>
      linear(`attention.${name}`, width, width),
    ),
    ...norm("sa_layer_norm"),
    ...linear("ffn.lin1", inner, width),
    ...linear("ffn.lin2", width, inner),
    ...norm("output_layer_norm"),
  ];
}

/** In the order of the file. */
function tensorsOf(size: Size): Tensor[] {
  const { layers, width, vocabulary, positions } = size;
  const embeddings = "distilbert.embeddings";
  return [
    [`${embeddings}.word_embeddings.weight`, [vocabulary, width]],
    [`${embeddings}.position_embeddings.weight`, [positions, width]],
    [`${embeddings}.LayerNorm.weight`, [width]],
    [`${embeddings}.LayerNorm.bias`, [width]],
    ...Array.from({ length: layers }, (_, layer) => layerTensors(layer, size)).flat(),
    ["pre_classifier.weight", [width, width]],
    ["pre_classifier.bias", [width]],
    ["classifier.weight", [2, width]],
    ["classifier.bias", [2]],
  ];
}

const countOf = (shape: number[]) => shape.reduce((product, extent) => product * extent, 1);

function headerOf(tensors: Tensor[]): Buffer {
  let offset = 0;
  const entries = tensors.map(([name, shape]) => {
    const begin = offset;
    offset += 4 * countOf(shape);
    return [name, { dtype: "F32", shape, data_offsets: [begin, offset] }];
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
}

/** A generator of numbers in -kLargest..kLargest (xorshift), the same in every run. */
function randomFloats(): (count: number) => Buffer {
  let state = 2463534242;
  return (count) => {
    const floats = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      floats[i] = (state / 2 ** 31) * kLargest;
    }
    return Buffer.from(floats.buffer);
  };
}

async function writeWeights(path: string, tensors: Tensor[]): Promise<void> {
  const out = createWriteStream(path);
  const random = randomFloats();
  const write = async (bytes: Buffer) => out.write(bytes) || once(out, "drain");
  await write(headerOf(tensors));
  for (const [, shape] of tensors) {
    for (let left = countOf(shape); left > 0; left -= kBlockFloats)
      await write(random(Math.min(left, kBlockFloats)));
  }
  out.end();
  await once(out, "close");
}

function configOf({ layers, width, inner, vocabulary, positions }: Size) {
  return {
    model_type: "distilbert",
    architectures: ["DistilBertForSequenceClassification"],
    dim: width,
    hidden_dim: inner,
    n_layers: layers,
    n_heads: kHeads,
    vocab_size: vocabulary,
    max_position_embeddings: positions,
    activation: "gelu",
    id2label: { 0: "NEGATIVE", 1: "POSITIVE" },
  };
}

function vocabularyOf(size: number): string {
  const words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "good", "film"];
  return Array.from({ length: size }, (_, i) => words[i] ?? `word${i}`).join("\n");
}

export interface Written {
  parameters: number;
  largestTensorBytes: number;
}

/** Writes the repository into `folder`; resolves with what there is to know of its weights. */
export async function writeDistilBert(folder: string, size: Size): Promise<Written> {
  mkdirSync(folder, { recursive: true });
  const tensors = tensorsOf(size);
  writeFileSync(join(folder, "config.json"), JSON.stringify(configOf(size)));
  writeFileSync(join(folder, "vocab.txt"), vocabularyOf(size.vocabulary));
  await writeWeights(join(folder, "model.safetensors"), tensors);
  const counts = tensors.map(([, shape]) => countOf(shape));
  return {
    parameters: counts.reduce((sum, count) => sum + count, 0),
    largestTensorBytes: 4 * Math.max(...counts),
  };
}
