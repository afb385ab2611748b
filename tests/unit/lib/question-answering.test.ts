import { beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { createPipeline } from "../../../web/lib/src/pipeline.js";
import type {
  Answer,
  QuestionAnsweringPipeline,
} from "../../../web/lib/src/pipelines/question-answering-types.js";
import type { Tensor } from "../../../web/lib/src/tensor.js";
import { FakeWorkers } from "./fake-host.js";

const kContext = "apply machine lerning";

let workers: FakeWorkers;
let answer: QuestionAnsweringPipeline;

beforeEach(async () => {
  workers = new FakeWorkers();
  workers.state.task = "question-answering";
  answer = await createPipeline(workers.host(), "question-answering", "sentiment-en");
});

describe("calls", () => {
  const best = { score: 0.5, start: 0, end: 5, answer: "apply", truncated: 0 };

  it("takes a question and a context, or both in an object", async () => {
    expect(await answer("what?", kContext)).toEqual(best);
    expect(await answer({ question: "what?", context: kContext })).toEqual(best);
    expect(workers.state.requests.map(({ texts, pairs }) => [texts[0], pairs[0]])).toEqual([
      ["what?", kContext],
      ["what?", kContext],
    ]);
  });

  it("takes an array of them", async () => {
    const results = await answer([
      { question: "what?", context: kContext },
      { question: "who?", context: "you" },
    ]);
    expect(results.map((result) => result.answer)).toEqual(["apply", "you"]);
    expect(await answer([])).toEqual([]);
  });

  it("gives an array when top_k asks for more than one", async () => {
    const results = await answer("what?", kContext, { top_k: 2 });
    expect(results.map(({ answer, start, end }) => [answer, start, end])).toEqual([
      ["apply", 0, 5],
      ["machine", 6, 13],
    ]);
    expect(results.truncated).toBe(0);
  });

  it("cuts the answer from the caller's own context", async () => {
    const result = await answer("what?", "half\uD800 a pair");
    expect(workers.state.requests[0]!.pairs[0]).toBe("half\uFFFD a pair");
    expect(result.answer).toBe("half\uD800");
  });

  it.each([
    [undefined],
    ["what?"],
    [{ question: "what?" }],
    [{ question: 1, context: "a" }],
    [[7]],
  ])("refuses the input %j", async (input) => {
    await expect(answer(input as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(workers.state.requests).toHaveLength(0);
  });

  it("says which of several inputs is wrong", async () => {
    const inputs = [{ question: "what?", context: kContext }, { question: "what?" }];
    await expect(answer(inputs as never)).rejects.toThrow("its input [1]: expected a question");
  });

  it("asks for qa-en when no model is named", async () => {
    const call = createPipeline(workers.host(), "question-answering");
    await expect(call).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("qa-en"),
    });
  });
});

describe("options", () => {
  it("reach the engine by name", async () => {
    const options = {
      ...{ top_k: 3, doc_stride: 64, max_seq_len: 200, max_answer_len: 30 },
      ...{ handle_impossible_answer: true, align_to_words: false },
    };
    await answer({ question: "what?", context: kContext }, options);
    expect(JSON.parse(workers.state.requests[0]!.options)).toEqual(options);
  });

  it.each([
    [{ max_question_len: 64 }, "UNSUPPORTED"],
    [{ doc_stride: NaN }, "INVALID_ARGUMENT"],
  ])("refuses %j by name", async (options, code) => {
    const call = answer("what?", kContext, options as never);
    const [name] = Object.keys(options);
    await expect(call).rejects.toMatchObject({ code, message: expect.stringContaining(name!) });
  });

  it("output_scores adds tokens and their scores", async () => {
    const result = await answer("what is", kContext, { output_scores: true });
    expect(result.tokens).toEqual(["[CLS]", "what", "is", "[SEP]"]);
    expect(result.sequence_ids).toEqual([null, 0, 0, null]);
    expect([...result.start_scores]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect([...result.end_scores]).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(result).not.toHaveProperty("attentions");
  });
});

it("rejects after dispose()", async () => {
  await answer.dispose();
  await expect(answer("what?", kContext)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

it("tells TypeScript which options give which properties", async () => {
  const plain = await answer("what?", kContext);
  expectTypeOf(plain.answer).toEqualTypeOf<string>();
  expectTypeOf(plain).not.toHaveProperty("start_scores");
  const several = await answer("what?", kContext, { top_k: 3, output_attentions: true });
  expectTypeOf(several[0]!).toEqualTypeOf<Answer>();
  expectTypeOf(several.attentions).toEqualTypeOf<Tensor[]>();
  const scored = await answer({ question: "what?", context: kContext }, { output_scores: true });
  expectTypeOf(scored.end_scores).toEqualTypeOf<Float32Array>();
});
