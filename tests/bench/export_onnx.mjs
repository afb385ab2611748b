// The encoder as an ONNX graph, as torch's exporter and onnxruntime's quantize_dynamic write it:
// MatMul and Add in f32; DynamicQuantizeLinear, MatMulInteger and a rescaling in int8, one
// quantisation for all products of the same input.

import { OnnxGraph } from "./onnx.mjs";
import { quantizeRows } from "./weights.mjs";

const kEpsilon = 1e-12;

function transpose(data, rows, cols) {
  const turned = new data.constructor(data.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) turned[j * rows + i] = data[i * cols + j];
  }
  return turned;
}

class Exporter {
  #graph = new OnnxGraph();
  #quantizedInputs = new Map();
  #weights;
  #shape;
  #options;

  constructor(weights, shape, options) {
    this.#weights = weights;
    this.#shape = shape;
    this.#options = options;
  }

  parts() {
    const tokens = [1, "n_tokens"];
    const ids = this.#graph.input("input_ids", tokens);
    const types = this.#options.hasTypes ? this.#graph.input("token_type_ids", tokens) : undefined;
    let hidden = this.#embed(ids, types);
    for (let i = 0; i < this.#shape.n_layers; i += 1)
      hidden = this.#layer(hidden, `bert.encoder.layer.${i}`);
    if (this.#options.head === "question-answering") this.#questionAnswering(hidden);
    else this.#classification(hidden);
    return this.#graph.parts();
  }

  /** One element of an axis, which then is gone. */
  #pick(x, index, axis) {
    const which = this.#graph.constant(BigInt64Array.of(index), []);
    return this.#graph.node("Gather", [x, which], { axis });
  }

  #classification(hidden) {
    const token = this.#pick(hidden, 0n, 1n);
    const pooled = this.#graph.node("Tanh", [this.#linear(token, "bert.pooler.dense")]);
    const [n_labels] = this.#weights.get("classifier.weight").dims;
    this.#graph.output(this.#linear(pooled, "classifier"), "logits", [1, n_labels]);
  }

  #questionAnswering(hidden) {
    const logits = this.#linear(hidden, "qa_outputs");
    this.#graph.output(this.#pick(logits, 0n, 2n), "start_logits", [1, "n_tokens"]);
    this.#graph.output(this.#pick(logits, 1n, 2n), "end_logits", [1, "n_tokens"]);
  }

  #float(name) {
    const { data, dims } = this.#weights.get(name);
    return this.#graph.constant(data, dims);
  }

  #scalar(value) {
    return this.#graph.constant(Float32Array.of(value), []);
  }

  /** Rows of the table of words: as quantize_dynamic has them where files are to be small. */
  #lookUpWords(ids) {
    const name = "bert.embeddings.word_embeddings.weight";
    if (!this.#options.hasInt8Words) return this.#graph.node("Gather", [this.#float(name), ids]);
    const graph = this.#graph;
    const weight = this.#weights.get(name);
    const { values, scales } = quantizeRows(weight);
    const rows = graph.node("Gather", [graph.constant(values, weight.dims), ids]);
    const factors = graph.node("Gather", [graph.constant(scales, [scales.length, 1]), ids]);
    return graph.node("Mul", [graph.node("Cast", [rows], { to: 1n }), factors]);
  }

  #embed(ids, types) {
    const table = (name) => this.#float(`bert.embeddings.${name}_embeddings.weight`);
    const graph = this.#graph;
    const zero = graph.constant(BigInt64Array.of(0n), []);
    const one = graph.constant(BigInt64Array.of(1n), []);
    const words = this.#lookUpWords(ids);
    const count = graph.node("Gather", [graph.node("Shape", [ids]), one]);
    const places = graph.node("Range", [zero, count, one]);
    const positions = graph.node("Gather", [table("position"), places]);
    const type = graph.node("Gather", [table("token_type"), types ?? zero]);
    const sum = graph.node("Add", [graph.node("Add", [words, type]), positions]);
    return this.#norm(sum, "bert.embeddings.LayerNorm");
  }

  #norm(x, name) {
    const inputs = [x, this.#float(`${name}.weight`), this.#float(`${name}.bias`)];
    return this.#graph.node("LayerNormalization", inputs, { axis: -1n, epsilon: kEpsilon });
  }

  #linear(x, name) {
    const weight = this.#weights.get(`${name}.weight`);
    const [d_out, d_in] = weight.dims;
    const graph = this.#graph;
    const bias = this.#float(`${name}.bias`);
    if (!this.#options.isInt8) {
      const turned = graph.constant(transpose(weight.data, d_out, d_in), [d_in, d_out]);
      return graph.node("Add", [graph.node("MatMul", [x, turned]), bias]);
    }
    const { values, scales } = quantizeRows(weight);
    const turned = graph.constant(transpose(values, d_out, d_in), [d_in, d_out]);
    return graph.node("Add", [this.#int8Product(x, turned, scales), bias]);
  }

  #int8Product(x, weight, scales) {
    const graph = this.#graph;
    if (!this.#quantizedInputs.has(x))
      this.#quantizedInputs.set(x, graph.nodes("DynamicQuantizeLinear", [x], 3));
    const [values, scale, zero] = this.#quantizedInputs.get(x);
    const weightZero = graph.constant(Int8Array.of(0), []);
    const product = graph.node("MatMulInteger", [values, weight, zero, weightZero]);
    const both = graph.node("Mul", [scale, graph.constant(scales, [scales.length])]);
    return graph.node("Mul", [graph.node("Cast", [product], { to: 1n }), both]);
  }

  /** [1, n, d_model] to [1, n_heads, n, d_head], or with the last two swapped. */
  #heads(x, perm) {
    const { n_heads, d_model } = this.#shape;
    const dims = BigInt64Array.of(0n, 0n, BigInt(n_heads), BigInt(d_model / n_heads));
    const split = this.#graph.node("Reshape", [x, this.#graph.constant(dims, [4])]);
    return this.#graph.node("Transpose", [split], { perm });
  }

  #attention(x, name) {
    const { n_heads, d_model } = this.#shape;
    const graph = this.#graph;
    const part = (which) => this.#linear(x, `${name}.self.${which}`);
    const q = this.#heads(part("query"), [0, 2, 1, 3]);
    const k = this.#heads(part("key"), [0, 2, 3, 1]);
    const v = this.#heads(part("value"), [0, 2, 1, 3]);
    const root = this.#scalar(Math.sqrt(d_model / n_heads));
    const scores = graph.node("Div", [graph.node("MatMul", [q, k]), root]);
    const probs = graph.node("Softmax", [scores], { axis: -1n });
    const heads = graph.node("Transpose", [graph.node("MatMul", [probs, v])], {
      perm: [0, 2, 1, 3],
    });
    const dims = graph.constant(BigInt64Array.of(0n, 0n, BigInt(d_model)), [3]);
    return this.#linear(graph.node("Reshape", [heads, dims]), `${name}.output.dense`);
  }

  #gelu(x) {
    const graph = this.#graph;
    const erf = graph.node("Erf", [graph.node("Div", [x, this.#scalar(Math.SQRT2)])]);
    const product = graph.node("Mul", [x, graph.node("Add", [erf, this.#scalar(1)])]);
    return graph.node("Mul", [product, this.#scalar(0.5)]);
  }

  #layer(x, name) {
    const graph = this.#graph;
    const attention = this.#attention(x, `${name}.attention`);
    const middle = this.#norm(
      graph.node("Add", [attention, x]),
      `${name}.attention.output.LayerNorm`,
    );
    const inner = this.#gelu(this.#linear(middle, `${name}.intermediate.dense`));
    const output = this.#linear(inner, `${name}.output.dense`);
    return this.#norm(graph.node("Add", [output, middle]), `${name}.output.LayerNorm`);
  }
}

/**
 * The parts of an ONNX file: input_ids [1, n_tokens] to logits [1, n_labels].
 *
 * isInt8: products in int8. hasTypes: token_type_ids are an input too; otherwise all are 0.
 * hasInt8Words: the table of words in int8. head: "question-answering" gives start_logits and
 * end_logits [1, n_tokens] instead.
 */
export function exportOnnx(weights, shape, options) {
  return new Exporter(weights, shape, options).parts();
}
