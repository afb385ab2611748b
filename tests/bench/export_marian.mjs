// Marian's encoder and decoder as two ONNX graphs, as Optimum lays them out: the decoder takes and
// gives back the keys and values of all layers, and makes those of the encoder's states only where
// use_cache_branch is false. One sentence and one new token at a time, so that neither needs a mask.

import { Layers } from "./onnx_layers.mjs";

const kEpsilon = 1e-5;
const kParts = ["key", "value"];

/** Sines in the first half of each row, cosines in the second (Vaswani et al. 2017, as Marian has them). */
function sinusoids(rows, width) {
  const table = new Float32Array(rows * width);
  const half = width / 2;
  for (let place = 0; place < rows; place += 1) {
    for (let i = 0; i < half; i += 1) {
      const angle = place / 10000 ** ((2 * i) / width);
      table[place * width + i] = Math.sin(angle);
      table[place * width + half + i] = Math.cos(angle);
    }
  }
  return table;
}

class MarianExporter extends Layers {
  #shape;

  constructor(weights, shape) {
    super(weights, shape, { isInt8: true, hasInt8Words: true, epsilon: kEpsilon });
    this.#shape = shape;
  }

  encoder() {
    const { graph } = this;
    const ids = graph.input("input_ids", [1, "n_source"]);
    let hidden = this.#embed(ids, this.index(0));
    for (let i = 0; i < this.#shape.encoder_layers; i += 1) {
      const name = `model.encoder.layers.${i}`;
      const [q, k, v] = ["q", "k", "v"].map((part) =>
        this.heads(this.linear(hidden, `${name}.self_attn.${part}_proj`)),
      );
      const mixed = this.attend(q, this.#turned(k), v);
      hidden = this.#feedForward(this.#add(hidden, mixed, name, "self_attn"), name);
    }
    graph.output(hidden, "last_hidden_state", [1, "n_source", this.#shape.d_model]);
    return graph.parts();
  }

  decoder() {
    const { graph } = this;
    const { d_model, decoder_layers } = this.#shape;
    const ids = graph.input("input_ids", [1, 1]);
    const states = graph.input("encoder_hidden_states", [1, "n_source", d_model], Float32Array);
    const useCache = graph.input("use_cache_branch", [1], Boolean);
    const layers = Array.from({ length: decoder_layers }, (_, i) => i);
    const past = layers.map((i) => this.#cacheInputs(i));
    const crossed = this.unless(
      useCache,
      past.flatMap(({ encoder }) => encoder),
      () => layers.flatMap((i) => this.#crossKeysAndValues(states, i)),
    );
    const length = this.graph.node("Gather", [
      graph.node("Shape", [past[0].decoder[0]]),
      this.index(2),
    ]);
    let hidden = this.#embed(ids, length);
    for (const i of layers) {
      const own = past[i].decoder;
      hidden = this.#decoderLayer(hidden, i, own, crossed.slice(2 * i, 2 * i + 2));
    }
    graph.output(this.product(hidden, "model.shared.weight"), "logits", [
      1,
      1,
      this.sizeOf("model.shared.weight")[0],
    ]);
    return graph.parts();
  }

  /** Words and their places, from the place `first` [1] on. */
  #embed(ids, first) {
    const { graph } = this;
    const { d_model, positions } = this.#shape;
    const words = this.lookUpWords("model.shared.weight", ids);
    const scaled = graph.node("Mul", [words, this.scalar(Math.sqrt(d_model))]);
    const count = graph.node("Gather", [graph.node("Shape", [ids]), this.index(1)]);
    const last = graph.node("Add", [first, count]);
    const table = graph.constant(sinusoids(positions, d_model), [positions, d_model]);
    return graph.node("Add", [scaled, graph.node("Slice", [table, first, last])]);
  }

  #turned(k) {
    return this.graph.node("Transpose", [k], { perm: [0, 1, 3, 2] });
  }

  /** Keys and values of layer i that were given: of the target so far, and of the source. */
  #cacheInputs(i) {
    const { n_heads, d_model } = this.#shape;
    const of = (side) =>
      kParts.map((part) =>
        this.graph.input(
          `past_key_values.${i}.${side}.${part}`,
          [1, n_heads, `n_${side}_past`, d_model / n_heads],
          Float32Array,
        ),
      );
    return { decoder: of("decoder"), encoder: of("encoder") };
  }

  #crossKeysAndValues(states, i) {
    return ["k", "v"].map((part) =>
      this.heads(this.linear(states, `model.decoder.layers.${i}.encoder_attn.${part}_proj`)),
    );
  }

  #present(values, i, side) {
    const { n_heads, d_model } = this.#shape;
    const dims = [1, n_heads, `n_${side}`, d_model / n_heads];
    values.forEach((value, j) =>
      this.graph.output(value, `present.${i}.${side}.${kParts[j]}`, dims),
    );
  }

  #decoderLayer(x, i, past, crossed) {
    const name = `model.decoder.layers.${i}`;
    const part = (from, attention, which) =>
      this.heads(this.linear(from, `${name}.${attention}.${which}_proj`));
    const own = ["k", "v"].map((which, j) =>
      this.graph.node("Concat", [past[j], part(x, "self_attn", which)], { axis: 2n }),
    );
    this.#present(own, i, "decoder");
    this.#present(crossed, i, "encoder");
    const mixed = this.attend(part(x, "self_attn", "q"), this.#turned(own[0]), own[1]);
    const middle = this.#add(x, mixed, name, "self_attn");
    const query = part(middle, "encoder_attn", "q");
    const read = this.attend(query, this.#turned(crossed[0]), crossed[1]);
    return this.#feedForward(this.#add(middle, read, name, "encoder_attn"), name);
  }

  #add(x, mixed, name, attention) {
    const out = this.linear(mixed, `${name}.${attention}.out_proj`);
    return this.norm(this.graph.node("Add", [out, x]), `${name}.${attention}_layer_norm`);
  }

  #feedForward(x, name) {
    const inner = this.graph.node("Relu", [this.linear(x, `${name}.fc1`)]);
    const sum = this.graph.node("Add", [this.linear(inner, `${name}.fc2`), x]);
    return this.norm(sum, `${name}.final_layer_norm`);
  }
}

/** The parts of two ONNX files in int8: a Marian model's encoder, and its decoder with its output. */
export function exportMarian(weights, shape) {
  return {
    encoder: new MarianExporter(weights, shape).encoder(),
    decoder: new MarianExporter(weights, shape).decoder(),
  };
}
