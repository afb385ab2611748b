import { describe, expect, it } from "vitest";
import { attentionOf, selfAttention } from "../../../web/app/state/trace.js";
import { layerView } from "../../../web/app/views/flow/layer-view.js";
import { changesByLayer, robustExtent } from "../../../web/app/views/flow/residual.js";
import { mixOf, rolloutOf } from "../../../web/app/views/flow/rollout.js";
import { tokens } from "./fake-trace.js";

const kTokens = tokens("[CLS]", "a");

/** One tensor per layer: each a list of heads, each a [2, 2] matrix. */
function attention(...layers: number[][][]) {
  const tensors = layers.map((heads) => ({
    data: Float32Array.from(heads.flat()),
    dims: [1, heads.length, 2, 2],
  }));
  return selfAttention(kTokens, tensors);
}

describe("attention rollout", () => {
  it("takes half of each layer from the mean of its heads, half from the residual", () => {
    const mix = mixOf(
      attention([
        [1, 0, 0.5, 0.5],
        [0, 1, 0.5, 0.5],
      ]),
      0,
    );
    [0.75, 0.25, 0.25, 0.75].forEach((share, i) => expect(mix[i]).toBeCloseTo(share, 6));
  });

  it("multiplies the layers, the last one first", () => {
    const first = Float32Array.of(0.75, 0.25, 0.5, 0.5);
    const second = Float32Array.of(0.5, 0.5, 0, 1);
    const shares = rolloutOf([first, second], 2, 0);
    // After one layer the first row; after two, 0.5 of the first row and 0.5 of the second.
    [0.75, 0.25, 0.625, 0.375].forEach((share, i) => expect(shares[i]).toBeCloseTo(share, 6));
  });

  it("is the residual connection alone where all heads are off", () => {
    expect([...mixOf(attention([[0, 0, 0, 0]]), 0)]).toEqual([1, 0, 0, 1]);
  });

  it("sums to 1 when some heads are off, and looks at nothing that is masked", () => {
    const data = Float32Array.of(1, 0, 0.2, 0.8, 0, 0, 0, 0);
    const causal = attentionOf(
      { kind: "decoder", queries: kTokens, keys: kTokens, isCausal: true },
      [{ data, dims: [1, 2, 2, 2] }],
    );
    const mix = mixOf(causal, 0);
    [1, 0, 0.1, 0.9].forEach((share, i) => expect(mix[i]).toBeCloseTo(share, 6));
  });

  it("is drawn with layers in rows", () => {
    const values = Float32Array.of(1, 0, 0.5, 0.5);
    const view = layerView(attention([[1, 0, 0, 1]]), ["Layer 1", "Layer 2"], values);
    expect(view.queries.map(({ text }) => text)).toEqual(["Layer 1", "Layer 2"]);
    expect([view.keys, view.weights]).toEqual([kTokens, values]);
  });
});

describe("the change of the residual stream", () => {
  it("is measured by the length of what entered the layer", () => {
    const state = (...data: number[]) => ({ data: Float32Array.from(data), dims: [1, 2, 2] });
    const changes = changesByLayer([state(3, 4, 1, 0), state(3, 9, 1, 0), state(3, 9, 0, 0)]);
    [1, 0, 0, 1].forEach((change, i) => expect(changes[i]).toBeCloseTo(change, 6));
  });

  it("of no vector is nothing", () => {
    const zero = { data: new Float32Array(4), dims: [1, 2, 2] };
    expect([...changesByLayer([zero, zero])]).toEqual([0, 0]);
    expect(changesByLayer([])).toHaveLength(0);
  });

  it("has an extent that one outlier does not set", () => {
    const values = Float32Array.from({ length: 101 }, (_, i) => (i === 50 ? -1000 : i / 100));
    expect(robustExtent(values)).toBeCloseTo(0.99, 6);
  });
});
