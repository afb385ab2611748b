// Writes ONNX files: the few messages of onnx.proto that a graph of an encoder or a decoder needs, in protobuf's
// wire format.

const kFloat = 1;
const kInt8 = 3;
const kInt64 = 7;
const kBool = 9;

const kVarint = 0;
const kBytes = 2;
const kFixed32 = 5;

function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(bytes);
}

const tag = (field, type) => varint((field << 3) | type);
const integer = (field, value) => Buffer.concat([tag(field, kVarint), varint(value)]);

// A message is a list of buffers, so that weights are never copied.
const lengthOf = (parts) => parts.reduce((sum, part) => sum + part.length, 0);
const message = (field, parts) => [tag(field, kBytes), varint(lengthOf(parts)), ...parts];
const text = (field, value) => message(field, [Buffer.from(value)]);

function float(field, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, kFixed32), bytes]);
}

const bytesOf = (array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

function tensor(name, dims, type, data) {
  const parts = dims.map((size) => integer(1, size));
  return [...parts, integer(2, type), ...text(8, name), ...message(9, [bytesOf(data)])];
}

const kTypes = new Map([
  [Float32Array, kFloat],
  [Int8Array, kInt8],
  [BigInt64Array, kInt64],
  [Boolean, kBool],
]);

const kAttributeFloat = 1;
const kAttributeInt = 2;
const kAttributeGraph = 5;
const kAttributeInts = 7;

/** A whole number is an int, an array ints, an object a graph, anything else a float. */
function attribute(name, value) {
  const head = text(1, name);
  if (value.graph) return [...head, ...message(6, value.graph), integer(20, kAttributeGraph)];
  if (Array.isArray(value))
    return [...head, ...value.map((one) => integer(8, one)), integer(20, kAttributeInts)];
  if (typeof value === "bigint") return [...head, integer(3, value), integer(20, kAttributeInt)];
  return [...head, float(2, value), integer(20, kAttributeFloat)];
}

function valueInfo(name, type, dims) {
  const shape = dims.flatMap((size) =>
    message(1, typeof size === "string" ? text(2, size) : [integer(1, size)]),
  );
  const typed = [integer(1, type), ...message(2, shape)];
  return [...text(1, name), ...message(2, message(1, typed))];
}

export class OnnxGraph {
  #nodes = [];
  #initializers = [];
  #inputs = [];
  #outputs = [];
  #count = 0;

  /** Adds a node with one output, whose name it returns. Attributes that are whole are bigints. */
  node(type, inputs, attributes = {}) {
    return this.nodes(type, inputs, 1, attributes)[0];
  }

  /** As `node`, with `count` outputs. */
  nodes(type, inputs, count, attributes = {}) {
    const name = `${type}_${(this.#count += 1)}`;
    const outputs = Array.from({ length: count }, (_, i) => `${name}_${i}`);
    const parts = [
      ...inputs.flatMap((input) => text(1, input)),
      ...outputs.flatMap((output) => text(2, output)),
      ...text(3, name),
      ...text(4, type),
      ...Object.entries(attributes).flatMap(([key, value]) => message(5, attribute(key, value))),
    ];
    this.#nodes.push(...message(1, parts));
    return outputs;
  }

  /** A constant: Float32Array, Int8Array or BigInt64Array. */
  constant(data, dims) {
    const name = `constant_${(this.#count += 1)}`;
    const type = kTypes.get(data.constructor);
    this.#initializers.push(...message(5, tensor(name, dims, type, data)));
    return name;
  }

  /** type: as a constant's data, or Boolean. */
  input(name, dims, type = BigInt64Array) {
    this.#inputs.push(...message(11, valueInfo(name, kTypes.get(type), dims)));
    return name;
  }

  /** `count` floats: what `then` returns, a list, where the boolean `condition` [1] holds, else what `otherwise` does. */
  branch(condition, then, otherwise, count) {
    const graphOf = (build, name) => {
      const outside = this.#nodes;
      this.#nodes = [];
      const outputs = build().map((value) => this.node("Identity", [value]));
      const infos = outputs.flatMap((value) =>
        message(12, [...text(1, value), ...message(2, message(1, [integer(1, kFloat)]))]),
      );
      const graph = [...this.#nodes, ...text(2, name), ...infos];
      this.#nodes = outside;
      return { graph };
    };
    const branches = {
      then_branch: graphOf(then, "then"),
      else_branch: graphOf(otherwise, "else"),
    };
    return this.nodes("If", [condition], count, branches);
  }

  /** Gives `value` its name outside. */
  output(value, name, dims) {
    this.#nodes.push(...message(1, [...text(1, value), ...text(2, name), ...text(4, "Identity")]));
    this.#outputs.push(...message(12, valueInfo(name, kFloat, dims)));
  }

  /** The file, in parts. */
  parts() {
    const kIrVersion = 8;
    const kOpset = 17;
    const graph = [
      ...this.#nodes,
      ...text(2, "graph"),
      ...this.#initializers,
      ...this.#inputs,
      ...this.#outputs,
    ];
    const opset = [...text(1, ""), integer(2, kOpset)];
    return [integer(1, kIrVersion), ...message(7, graph), ...message(8, opset)];
  }
}
