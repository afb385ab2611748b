// Layers of a Transformer as nodes of an ONNX graph, as torch's exporter and onnxruntime's
// quantize_dynamic write them: MatMul and Add in f32; DynamicQuantizeLinear, MatMulInteger and a
// rescaling in int8, one quantisation for all products of the same input.

import { OnnxGraph } from "./onnx.mjs";
import { quantizeRows } from "./weights.mjs";

function transpose(data, rows, cols) {
  const turned = new data.constructor(data.length);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) turned[j * rows + i] = data[i * cols + j];
  }
  return turned;
}

export class Layers {
  graph = new OnnxGraph();
  #quantizedInputs = new Map();
  #weights;
  #shape;
  #options;

  /** isInt8: products in int8. hasInt8Words: the table of words in int8. epsilon: of layer norm. */
  constructor(weights, shape, options) {
    this.#weights = weights;
    this.#shape = shape;
    this.#options = options;
  }

  sizeOf(name) {
    return this.#weights.get(name).dims;
  }

  float(name) {
    const { data, dims } = this.#weights.get(name);
    return this.graph.constant(data, dims);
  }

  scalar(value) {
    return this.graph.constant(Float32Array.of(value), []);
  }

  index(...values) {
    return this.graph.constant(BigInt64Array.from(values.map(BigInt)), [values.length]);
  }

  /** One element of an axis, which then is gone. */
  pick(x, index, axis) {
    const which = this.graph.constant(BigInt64Array.of(index), []);
    return this.graph.node("Gather", [x, which], { axis });
  }

  /** Rows of a table of words: in int8 as quantize_dynamic has them where files are to be small. */
  lookUpWords(name, ids) {
    if (!this.#options.hasInt8Words) return this.graph.node("Gather", [this.float(name), ids]);
    const weight = this.#weights.get(name);
    const { values, scales } = quantizeRows(weight);
    const rows = this.graph.node("Gather", [this.graph.constant(values, weight.dims), ids]);
    const factors = this.graph.node("Gather", [
      this.graph.constant(scales, [scales.length, 1]),
      ids,
    ]);
    return this.graph.node("Mul", [this.graph.node("Cast", [rows], { to: 1n }), factors]);
  }

  norm(x, name) {
    const inputs = [x, this.float(`${name}.weight`), this.float(`${name}.bias`)];
    const { epsilon } = this.#options;
    return this.graph.node("LayerNormalization", inputs, { axis: -1n, epsilon });
  }

  linear(x, name) {
    return this.graph.node("Add", [this.product(x, `${name}.weight`), this.float(`${name}.bias`)]);
  }

  /** x times the transpose of a matrix [d_out, d_in]. */
  product(x, name) {
    const weight = this.#weights.get(name);
    const [d_out, d_in] = weight.dims;
    const turn = (data) => this.graph.constant(transpose(data, d_out, d_in), [d_in, d_out]);
    if (!this.#options.isInt8) return this.graph.node("MatMul", [x, turn(weight.data)]);
    const { values, scales } = quantizeRows(weight);
    return this.#int8Product(x, turn(values), scales);
  }

  #int8Product(x, weight, scales) {
    const { graph } = this;
    if (!this.#quantizedInputs.has(x))
      this.#quantizedInputs.set(x, graph.nodes("DynamicQuantizeLinear", [x], 3));
    const [values, scale, zero] = this.#quantizedInputs.get(x);
    const weightZero = graph.constant(Int8Array.of(0), []);
    const product = graph.node("MatMulInteger", [values, weight, zero, weightZero]);
    const both = graph.node("Mul", [scale, graph.constant(scales, [scales.length])]);
    return graph.node("Mul", [graph.node("Cast", [product], { to: 1n }), both]);
  }

  /**
   * The values `otherwise` where `condition` holds, else as many that `build` makes. What is
   * quantised in there is not known outside.
   */
  unless(condition, otherwise, build) {
    const outside = new Map(this.#quantizedInputs);
    const outputs = this.graph.branch(condition, () => otherwise, build, otherwise.length);
    this.#quantizedInputs = outside;
    return outputs;
  }

  /** [1, n, d_model] to [1, n_heads, n, d_head], or with another order of these axes. */
  heads(x, perm = [0, 2, 1, 3]) {
    const { n_heads, d_model } = this.#shape;
    const split = this.graph.node("Reshape", [x, this.index(0, 0, n_heads, d_model / n_heads)]);
    return this.graph.node("Transpose", [split], { perm });
  }

  /** softmax(q k / sqrt(d_head)) v, heads side by side; k [1, n_heads, d_head, n] is turned. */
  attend(q, k, v) {
    const { n_heads, d_model } = this.#shape;
    const { graph } = this;
    const root = this.scalar(Math.sqrt(d_model / n_heads));
    const scores = graph.node("Div", [graph.node("MatMul", [q, k]), root]);
    const probs = graph.node("Softmax", [scores], { axis: -1n });
    const mixed = graph.node("Transpose", [graph.node("MatMul", [probs, v])], {
      perm: [0, 2, 1, 3],
    });
    return graph.node("Reshape", [mixed, this.index(0, 0, d_model)]);
  }
}
