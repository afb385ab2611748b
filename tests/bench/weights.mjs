// Random weights of a BERT encoder with a classifier, the same in every run.

import { maxTokens, vocabSize } from "./shapes.mjs";

/**
 * Numbers with mean 0 and this deviation, spread as a model's are before its training: normally
 * (twelve evenly spread ones, of a generator of Numerical Recipes, added up).
 */
function randomFloats(count, deviation, seed) {
  const values = new Float32Array(count);
  let state = seed >>> 0;
  for (let i = 0; i < count; i += 1) {
    let sum = -6;
    for (let j = 0; j < 12; j += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      sum += state / 2 ** 32;
    }
    values[i] = sum * deviation;
  }
  return values;
}

/** Shapes by the names that transformers gives them. */
function tensorShapes({ d_model, d_ff, n_layers }) {
  const shapes = new Map();
  const norm = (name) => {
    shapes.set(`${name}.weight`, [d_model]);
    shapes.set(`${name}.bias`, [d_model]);
  };
  const linear = (name, d_in, d_out) => {
    shapes.set(`${name}.weight`, [d_out, d_in]);
    shapes.set(`${name}.bias`, [d_out]);
  };
  shapes.set("bert.embeddings.word_embeddings.weight", [vocabSize, d_model]);
  shapes.set("bert.embeddings.position_embeddings.weight", [maxTokens, d_model]);
  shapes.set("bert.embeddings.token_type_embeddings.weight", [2, d_model]);
  norm("bert.embeddings.LayerNorm");
  for (let i = 0; i < n_layers; i += 1) {
    const layer = `bert.encoder.layer.${i}`;
    for (const part of ["query", "key", "value"])
      linear(`${layer}.attention.self.${part}`, d_model, d_model);
    linear(`${layer}.attention.output.dense`, d_model, d_model);
    norm(`${layer}.attention.output.LayerNorm`);
    linear(`${layer}.intermediate.dense`, d_model, d_ff);
    linear(`${layer}.output.dense`, d_ff, d_model);
    norm(`${layer}.output.LayerNorm`);
  }
  linear("bert.pooler.dense", d_model, d_model);
  linear("classifier", d_model, 2);
  return shapes;
}

/** Name to { dims, data }. */
export function randomWeights(shape) {
  const weights = new Map();
  let seed = 1;
  for (const [name, dims] of tensorShapes(shape)) {
    const count = dims.reduce((product, size) => product * size, 1);
    const isNorm = name.endsWith("LayerNorm.weight");
    const deviation = isNorm || name.endsWith("bias") ? 0.1 : 1.5 / Math.sqrt(dims.at(-1));
    const data = randomFloats(count, deviation, (seed += 1));
    if (isNorm) data.forEach((_, i) => (data[i] += 1));
    weights.set(name, { dims, data });
  }
  return weights;
}

/** Each row to int8 with its own scale, as the engine does on arrival. */
export function quantizeRows({ dims: [rows, cols], data }) {
  const values = new Int8Array(rows * cols);
  const scales = new Float32Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const row = data.subarray(i * cols, (i + 1) * cols);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[i] = largest / 127;
    row.forEach((value, j) => (values[i * cols + j] = Math.round(value / scales[i])));
  }
  return { values, scales };
}
