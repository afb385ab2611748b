import { describe, expect, expectTypeOf, it } from "vitest";
import { createPipeline } from "../../../web/lib/src/pipeline.js";
import type { FillMaskPipeline } from "../../../web/lib/src/pipelines/fill-mask.js";
import type { TokenEntity } from "../../../web/lib/src/pipelines/token-classification.js";
import { FakeWorkers } from "./fake-host.js";

function workersFor(task: string): FakeWorkers {
  const workers = new FakeWorkers();
  workers.state.task = task;
  return workers;
}

describe("fill-mask", () => {
  it("gives the fillings of a text, and of each of several", async () => {
    const workers = workersFor("fill-mask");
    const fill = await createPipeline(workers.host(), "fill-mask", "sentiment-en");
    const result = await fill("a [MASK]", { top_k: 1, targets: ["good"] });
    expect([...result]).toEqual([{ score: 0.5, token: 7, token_str: "good", sequence: "a good" }]);
    expect(result.truncated).toBe(0);
    expect(JSON.parse(workers.state.requests[0]!.options)).toEqual({ top_k: 1, targets: ["good"] });
    expect(await fill(["a [MASK]", "[MASK]"])).toHaveLength(2);
    await expect(fill("a", { tokenizer_kwargs: {} } as never)).rejects.toMatchObject({
      code: "UNSUPPORTED",
    });
  });
});

describe("feature-extraction", () => {
  it("gives a tensor for a text, one for many when pooled, else one for each", async () => {
    const workers = workersFor("text-classification");
    const extract = await createPipeline(workers.host(), "feature-extraction", "sentiment-en");
    const one = await extract("so good");
    expect(one.dims).toEqual([1, 4, 2]);
    expect(one.truncated).toBe(0);
    const pooled = await extract(["so good", "bad"], { pooling: "mean", normalize: true });
    expect(pooled.dims).toEqual([2, 2]);
    expect([...pooled.data]).toEqual([0, 1, 0, 1]);
    expect(pooled.details).toEqual([{ truncated: 0 }, { truncated: 0 }]);
    const each = await extract(["so good", "bad"]);
    expect(each.map(({ dims }) => dims)).toEqual([
      [1, 4, 2],
      [1, 3, 2],
    ]);
    expect((await extract([], { pooling: "mean" })).dims).toEqual([0, 0]);
  });
});

describe("token-classification", () => {
  it("gives entities with their places, under either name", async () => {
    const workers = workersFor("token-classification");
    const find = await createPipeline(workers.host(), "ner", "sentiment-en");
    expect(find.task).toBe("token-classification");
    const result = await find("Ada in London");
    expect([...result]).toEqual([
      { entity: "B-PER", score: 0.5, index: 1, word: "Ada", start: 0, end: 3 },
    ]);
    expectTypeOf(result[0]!).toEqualTypeOf<TokenEntity>();
    const grouped = await find("Ada", { aggregation_strategy: "simple", ignore_labels: [] });
    expectTypeOf(grouped[0]!.entity_group).toEqualTypeOf<string>();
    expect(workers.state.requests.map(({ task }) => task)).toEqual(Array(2).fill(find.task));
  });
});

it.each([["fill-mask"], ["feature-extraction"], ["token-classification"]] as const)(
  "%s asks the manifest for a model, and refuses what is no text",
  async (task) => {
    const workers = workersFor(task);
    await expect(createPipeline(workers.host(), task)).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining(task),
    });
    const run = (await createPipeline(workers.host(), task, "sentiment-en")) as FillMaskPipeline;
    for (const input of [undefined, 7, { text: "a" }, ["a", null]]) {
      await expect(run(input as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
    await expect(run(["a", null] as never)).rejects.toThrow(
      "its input [1]: expected a string, got null",
    );
    expect(workers.state.requests).toHaveLength(0);
    await run.dispose();
    await expect(run("a")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  },
);

it("every task takes a head apart and lets a pass be changed", async () => {
  const workers = workersFor("text-classification");
  const classify = await createPipeline(workers.host(), "text-classification");
  const options = {
    inspect: { layer: 1, head: 2 },
    mask_heads: [[0, 1]] as [number, number][],
    mask_tokens: [3],
    replace_attention: [{ layer: 0, head: 0, query: 1, weights: [1, 0, 0, 0] }],
    skip_layers: [3],
  };
  const result = await classify("so good", options);
  expect(JSON.parse(workers.state.requests[0]!.options)).toEqual(options);
  expect(Object.keys(result.inspected)).toEqual(["hidden", "q", "k", "v", "scores", "probs"]);
  expect(result.inspected.q.dims).toEqual([4, 2]);
  expect(result.tokens).toHaveLength(4);
  const flat = await classify(["so good"], { inspect: { layer: 0, head: 0 } });
  expect(flat.details[0]!.inspected.scores.dims).toEqual([4, 2]);
});
