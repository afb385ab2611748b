import { beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createPipeline } from "../../../web/lib/src/pipeline.js";
import type { TextClassificationPipeline } from "../../../web/lib/src/pipelines/text-classification-types.js";
import type { Tensor } from "../../../web/lib/src/tensor.js";
import { kHeads, kLayers } from "./fake-engine.js";
import { FakeWorkers } from "./fake-host.js";

const kGood = { label: "POSITIVE", score: 0.75 };
const kBad = { label: "NEGATIVE", score: 0.75 };

let workers: FakeWorkers;
let classify: TextClassificationPipeline;

beforeEach(async () => {
  workers = new FakeWorkers();
  classify = await createPipeline(workers.host(), "sentiment-analysis");
});

describe("shapes", () => {
  it("gives the best label for a text", async () => {
    const result = await classify("a good day");
    expect([...result]).toEqual([kGood]);
    expect(result.truncated).toBe(0);
    expect(result).not.toHaveProperty("tokens");
  });

  it("gives every label with top_k null", async () => {
    const result = await classify("a good day", { top_k: null });
    expect([...result]).toEqual([kGood, { label: "NEGATIVE", score: 0.25 }]);
  });

  it("gives a flat array for an array of texts, with details beside it", async () => {
    const result = await classify(["good", "bad"]);
    expect([...result]).toEqual([kGood, kBad]);
    expect(result.details).toEqual([{ truncated: 0 }, { truncated: 0 }]);
  });

  it("gives a nested array with top_k other than 1", async () => {
    const result = await classify(["good", "bad"], { top_k: 2 });
    expect(result.map((labels) => labels.map(({ label }) => label))).toEqual([
      ["POSITIVE", "NEGATIVE"],
      ["NEGATIVE", "POSITIVE"],
    ]);
  });

  it("gives an empty array for an empty array", async () => {
    expect(await classify([])).toHaveLength(0);
  });

  it("takes an empty text", async () => {
    expect(await classify("")).toHaveLength(1);
  });

  it("says how many tokens were left out", async () => {
    expect((await classify("one two three four five six seven eight")).truncated).toBe(2);
  });

  it("passes text pairs on", async () => {
    await classify({ text: "a", text_pair: "b" });
    await classify({ text: "a" });
    expect(workers.state.requests.map(({ pairs }) => pairs)).toEqual([["b"], []]);
  });

  it("sends short texts together, in order, and pairs apart", async () => {
    const long = "very ".repeat(150); // 750 units: no two of them share a request
    const inputs = ["good", "so bad", { text: "a", text_pair: "b" }, long, "good", long, "bad"];
    const labels = await classify(inputs);
    expect(labels.map(({ label }) => label[0]).join("")).toBe("PNNNPNN");
    expect(workers.state.requests.map(({ texts, pairs }) => [texts.length, pairs])).toEqual([
      [2, []],
      [1, ["b"]],
      [2, []],
      [2, []],
    ]);
    expect(workers.state.requests.flatMap(({ texts }) => texts)).toEqual([
      ...["good", "so bad", "a", long, "good", long, "bad"],
    ]);
  });

  it("replaces lone surrogates one for one", async () => {
    await classify("a\uD800b\uDC00c 😀");
    expect(workers.state.requests[0]!.texts[0]).toBe("a\uFFFDb\uFFFDc 😀");
  });
});

describe("traces", () => {
  it("adds tokens and one attention tensor per layer", async () => {
    const result = await classify("so good", { output_attentions: true });
    expect(result.tokens).toEqual(["[CLS]", "so", "good", "[SEP]"]);
    expect(result.ids).toEqual([100, 101, 102, 103]);
    expect(result.special).toEqual([true, false, false, true]);
    expect(result.offsets.slice(1, 3)).toEqual([
      [0, 2],
      [3, 7],
    ]);
    expect(result.attentions).toHaveLength(kLayers);
    for (const { dims, data } of result.attentions) {
      expect(dims).toEqual([1, kHeads, 4, 4]);
      expect(data).toHaveLength(kHeads * 16);
    }
    expect(result).not.toHaveProperty("hidden_states");
  });

  it("shares one buffer between the layers", async () => {
    const { attentions } = await classify("so good", { output_attentions: true });
    expect(attentions[1]!.data.buffer).toBe(attentions[0]!.data.buffer);
  });

  it("adds hidden states, the embedding output first", async () => {
    const { hidden_states } = await classify("so good", { output_hidden_states: true });
    expect(hidden_states.map(({ dims }) => dims)).toEqual(Array(kLayers + 1).fill([1, 4, 4]));
    expect(hidden_states[1]!.data[0]).toBe(16);
  });

  it("puts the traces of a flat batch into its details", async () => {
    const { details } = await classify(["good", "so bad"], { output_attentions: true });
    expect(
      details.map(({ tokens, attentions }) => [tokens.length, attentions[0]!.dims[2]]),
    ).toEqual([
      [3, 3],
      [4, 4],
    ]);
  });

  it("frees what the engine holds", async () => {
    await classify(["a", "b", "c"], { output_attentions: true });
    expect(workers.state.undeletedResults).toBe(0);
  });
});

describe("options", () => {
  it.each([
    [{ function_to_apply: "none" }, "UNSUPPORTED", "function_to_apply"],
    [{ top_k: Infinity }, "INVALID_ARGUMENT", "top_k"],
    [{ top_k: () => 5 }, "INVALID_ARGUMENT", "top_k"],
    [{ signal: "now" }, "INVALID_ARGUMENT", "signal"],
    [null, "INVALID_ARGUMENT", "options"],
  ])("refuses %j by name", async (options, code, name) => {
    const call = classify("text", options as never);
    await expect(call).rejects.toMatchObject({
      name: "GlassformerError",
      code,
      message: expect.stringContaining(name),
    });
  });

  it("gives its options to the engine by name, but not the signal", async () => {
    const { signal } = new AbortController();
    await classify("text", { top_k: null, output_attentions: true, signal });
    expect(JSON.parse(workers.state.requests[0]!.options)).toEqual({
      top_k: null,
      output_attentions: true,
    });
  });

  it.each([[undefined], [null], [7], [{}], [{ text: 1 }], [["fine", 2]]])(
    "refuses the input %j",
    async (input) => {
      await expect(classify(input as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
      expect(workers.state.requests).toHaveLength(0);
    },
  );

  it("says which of several inputs is wrong", async () => {
    await expect(classify(["fine", "fine", 2] as never)).rejects.toMatchObject({
      message: expect.stringContaining(
        "its input [2]: expected a string or { text, text_pair }, got 2",
      ),
    });
  });
});

it("tells TypeScript which options give which properties", async () => {
  const plain = await classify("a");
  expectTypeOf(plain.truncated).toEqualTypeOf<number>();
  expectTypeOf(plain).not.toHaveProperty("attentions");
  const traced = await classify("a", { output_attentions: true });
  expectTypeOf(traced.attentions).toEqualTypeOf<Tensor[]>();
  const flat = await classify(["a"]);
  expectTypeOf(flat[0]!.score).toEqualTypeOf<number>();
  expectTypeOf(flat.details[0]!.truncated).toEqualTypeOf<number>();
  const nested = await classify(["a"], { top_k: null, output_hidden_states: true });
  expectTypeOf(nested[0]!.hidden_states).toEqualTypeOf<Tensor[]>();
});
