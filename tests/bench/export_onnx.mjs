// BERT's encoder with a head as an ONNX graph.

import { Layers } from "./onnx_layers.mjs";

const kEpsilon = 1e-12;

class BertExporter extends Layers {
  #shape;
  #options;

  constructor(weights, shape, options) {
    super(weights, shape, { ...options, epsilon: kEpsilon });
    this.#shape = shape;
    this.#options = options;
  }

  parts() {
    const tokens = ["n_texts", "n_tokens"];
    const ids = this.graph.input("input_ids", tokens);
    const types = this.#options.hasTypes ? this.graph.input("token_type_ids", tokens) : undefined;
    let hidden = this.#embed(ids, types);
    for (let i = 0; i < this.#shape.n_layers; i += 1)
      hidden = this.#layer(hidden, `bert.encoder.layer.${i}`);
    if (this.#options.head === "question-answering") this.#questionAnswering(hidden, tokens);
    else this.#classification(hidden);
    return this.graph.parts();
  }

  #classification(hidden) {
    const token = this.pick(hidden, 0n, 1n);
    const pooled = this.graph.node("Tanh", [this.linear(token, "bert.pooler.dense")]);
    const [n_labels] = this.sizeOf("classifier.weight");
    this.graph.output(this.linear(pooled, "classifier"), "logits", ["n_texts", n_labels]);
  }

  #questionAnswering(hidden, tokens) {
    const logits = this.linear(hidden, "qa_outputs");
    this.graph.output(this.pick(logits, 0n, 2n), "start_logits", tokens);
    this.graph.output(this.pick(logits, 1n, 2n), "end_logits", tokens);
  }

  #embed(ids, types) {
    const nameOf = (which) => `bert.embeddings.${which}_embeddings.weight`;
    const { graph } = this;
    const zero = graph.constant(BigInt64Array.of(0n), []);
    const one = graph.constant(BigInt64Array.of(1n), []);
    const words = this.lookUpWords(nameOf("word"), ids);
    const count = graph.node("Gather", [graph.node("Shape", [ids]), one]);
    const places = graph.node("Range", [zero, count, one]);
    const positions = graph.node("Gather", [this.float(nameOf("position")), places]);
    const type = graph.node("Gather", [this.float(nameOf("token_type")), types ?? zero]);
    const sum = graph.node("Add", [graph.node("Add", [words, type]), positions]);
    return this.norm(sum, "bert.embeddings.LayerNorm");
  }

  #attention(x, name) {
    const part = (which) => this.linear(x, `${name}.self.${which}`);
    const q = this.heads(part("query"));
    const k = this.heads(part("key"), [0, 2, 3, 1]);
    const v = this.heads(part("value"));
    return this.linear(this.attend(q, k, v), `${name}.output.dense`);
  }

  #gelu(x) {
    const { graph } = this;
    const erf = graph.node("Erf", [graph.node("Div", [x, this.scalar(Math.SQRT2)])]);
    const product = graph.node("Mul", [x, graph.node("Add", [erf, this.scalar(1)])]);
    return graph.node("Mul", [product, this.scalar(0.5)]);
  }

  #layer(x, name) {
    const { graph } = this;
    const attention = this.#attention(x, `${name}.attention`);
    const middle = this.norm(
      graph.node("Add", [attention, x]),
      `${name}.attention.output.LayerNorm`,
    );
    const inner = this.#gelu(this.linear(middle, `${name}.intermediate.dense`));
    const output = this.linear(inner, `${name}.output.dense`);
    return this.norm(graph.node("Add", [output, middle]), `${name}.output.LayerNorm`);
  }
}

/**
 * The parts of an ONNX file: input_ids [n_texts, n_tokens] to logits [n_texts, n_labels].
 *
 * isInt8: products in int8. hasTypes: token_type_ids are an input too; otherwise all are 0.
 * hasInt8Words: the table of words in int8. head: "question-answering" gives start_logits and
 * end_logits [n_texts, n_tokens] instead.
 */
export function exportOnnx(weights, shape, options) {
  return new BertExporter(weights, shape, options).parts();
}
