import { beforeEach, describe, expect, it } from "vitest";
import { createPipeline, type Host } from "../../../web/lib/src/pipeline.js";
import { TextStreamer } from "../../../web/lib/src/pipelines/text-streamer.js";
import type { GenerationStep } from "../../../web/lib/src/pipelines/generation-types.js";
import { FakeWorkers, kModelFiles, manifestOf } from "./fake-host.js";

let workers: FakeWorkers;
let host: Host;

beforeEach(() => {
  workers = new FakeWorkers();
  workers.state.task = "text2text-generation";
  const facts = { task: "translation", languages: ["zh", "en"] };
  workers.server.serve("models/manifest.json", manifestOf("tiny-zh-en", kModelFiles, facts));
  for (const [name, text] of Object.entries(kModelFiles))
    workers.server.serve(`models/tiny-zh-en/${name}`, text);
  host = workers.host();
});

const translator = () => createPipeline(host, "translation");

describe("translation", () => {
  it("gives one result for one text, with its sentences", async () => {
    const translate = await translator();
    const [result] = await translate("One two. Three four.");
    expect(result!.translation_text).toBe("ONE TWO. THREE FOUR.");
    expect(result!.sentences).toMatchObject([
      { text: "One two.", start: 0, end: 8, generated_text: "ONE TWO.", token_ids: [0, 1] },
      { text: "Three four.", start: 9, end: 20, generated_text: "THREE FOUR.", truncated: 0 },
    ]);
  });

  it("keeps blank lines, quotes and what has no words", async () => {
    const translate = await translator();
    const text = 'One. "Two three."\n\n  Four!\n* * *\n';
    expect((await translate(text))[0]!.translation_text).toBe(text.toUpperCase());
    for (const blank of ["", "  \n ", "🎬"])
      expect(await translate(blank)).toEqual([{ translation_text: blank, sentences: [] }]);
  });

  it("sends sentences together, eight at most", async () => {
    const translate = await translator();
    const sentences = Array.from({ length: 20 }, (_, i) => `Number ${i} is here.`);
    const [result] = await translate(sentences.join(" "));
    expect(result!.translation_text).toBe(sentences.join(" ").toUpperCase());
    expect(workers.state.generations.map(({ texts }) => texts.length)).toEqual([8, 8, 4]);
  });

  it("is flat for an array of texts, and nested with several sequences", async () => {
    const translate = await translator();
    expect(await translate(["one", "two"])).toMatchObject([
      { translation_text: "ONE" },
      { translation_text: "TWO" },
    ]);
    const nested = await translate(["One. Two."], { num_beams: 4, num_return_sequences: 2 });
    expect(nested).toMatchObject([
      [{ translation_text: "ONE. TWO." }, { translation_text: "ONE.+1 TWO.+1" }],
    ]);
  });

  it("gives the traces that were asked for", async () => {
    const translate = await translator();
    const [result] = await translate("one two three", { output_attentions: true });
    const [sentence] = result!.sentences;
    expect(sentence!.target!.tokens).toEqual(["ONE", "TWO", "THREE"]);
    expect(sentence!.source!.tokens).toEqual(["one", "two", "three"]);
    expect(sentence!.cross_attentions!.map(({ dims }) => dims)).toEqual([
      [1, 1, 3, 3],
      [1, 1, 3, 3],
    ]);
    expect(sentence!.encoder_attentions).toHaveLength(2);
    expect(sentence!.decoder_hidden_states).toBeUndefined();
    expect((await translate("one"))[0]!.sentences[0]).not.toHaveProperty("target");
  });

  it("finds its model by its languages", async () => {
    const translate = await createPipeline(host, "translation_zh_to_en");
    expect(translate.model.id).toBe("tiny-zh-en");
    await expect(createPipeline(host, "translation_fr_to_de")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("translation from fr to de") as string,
    });
  });
});

describe("options", () => {
  it("refuses those it does not know, and values that are none", async () => {
    const translate = await translator();
    const refused = (options: object) => expect(translate("one", options)).rejects;
    await refused({ num_beam: 2 }).toMatchObject({ code: "UNSUPPORTED" });
    await refused({ src_lang: "zh" }).toMatchObject({ code: "UNSUPPORTED" });
    await refused({ temperature: NaN }).toMatchObject({ code: "INVALID_ARGUMENT" });
    await refused({ streamer: () => 0 }).toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(translate(7 as never)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    await expect(translate(["one", 7] as never)).rejects.toThrow(
      "its input [1]: expected a string, got 7",
    );
  });

  it("passes on what the engine says of the others", async () => {
    const translate = await translator();
    workers.state.startStatus = { code: "INVALID_ARGUMENT", message: "translation: num_beams: 0" };
    await expect(translate("one", { num_beams: 0 })).rejects.toMatchObject({
      message: "translation: num_beams: 0",
    });
  });

  it("draws a seed for each call, and keeps the one it is given", async () => {
    const translate = await translator();
    await translate("one", { seed: 7 });
    await translate("one");
    await translate("one");
    const seeds = workers.state.generations.map(({ options }) => options.seed);
    expect(seeds[0]).toBe(7);
    expect(seeds[1]).not.toBe(seeds[2]);
  });

  it("that change the model reach the engine", async () => {
    const translate = await translator();
    const changes = {
      mask_heads: [[1, 0, "cross"]] as [number, number, "cross"][],
      mask_tokens: [2],
      replace_attention: [
        { layer: 0, head: 1, kind: "decoder" as const, query: 1, weights: [0, 1] },
      ],
      skip_layers: [0, 1],
    };
    await translate("one two three", changes);
    expect(workers.state.generations[0]!.options).toMatchObject(changes);
  });
});

describe("streaming", () => {
  it("hands on the text as it comes, each piece once", async () => {
    const translate = await translator();
    const pieces: string[] = [];
    const streamer = new TextStreamer((piece) => pieces.push(piece));
    const [result] = await translate("One two. Three.\nFour", { streamer });
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join("")).toBe(result!.translation_text);
  });

  it("hands on whole sentences only with beams, which may change their mind", async () => {
    const translate = await translator();
    const pieces: string[] = [];
    const streamer = new TextStreamer((piece) => pieces.push(piece));
    await translate("one two three", { streamer, num_beams: 2 });
    expect(pieces).toEqual(["ONE TWO THREE"]);
  });

  it("yields every step, then the result", async () => {
    const translate = await translator();
    const stream = translate.stream("one two three");
    const steps: GenerationStep[] = [];
    for await (const step of stream) steps.push(step);
    expect(steps.map(({ texts }) => texts[0])).toEqual(["ONE", "ONE TWO", "ONE TWO THREE"]);
    expect(steps[2]!.sentences[0]).toMatchObject({ input: 0, sentence: 0, finished: true });
    expect((await stream.result)[0]!.translation_text).toBe("ONE TWO THREE");
  });
});

describe("stopping", () => {
  it("ends within a step when the signal says so, and the next request is right", async () => {
    const translate = await translator();
    const controller = new AbortController();
    const long = "word ".repeat(1000);
    const on_step = ({ step }: GenerationStep) => step === 3 && controller.abort();
    const stopped = translate(long, { signal: controller.signal, on_step });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect((await translate("one two"))[0]!.translation_text).toBe("ONE TWO");
    expect(workers.state.steps).toBeLessThan(30);
    expect(workers.state.undeletedResults).toBe(0);
  });

  it("ends between steps that nobody watches", async () => {
    const translate = await translator();
    const controller = new AbortController();
    const words = 20_000;
    const stopped = translate("word ".repeat(words), { signal: controller.signal });
    setTimeout(() => controller.abort(), 1);
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(workers.state.steps).toBeLessThan(words);
  });

  it("ends when its loop is left", async () => {
    const translate = await translator();
    for await (const { step } of translate.stream("word ".repeat(1000))) if (step === 2) break;
    expect((await translate("one two"))[0]!.translation_text).toBe("ONE TWO");
    expect(workers.state.steps).toBeLessThan(30);
  });
});

describe("text-generation", () => {
  it("goes on with the prompt, and gives an array for each of several", async () => {
    workers.state.task = "text-generation";
    const generate = await createPipeline(host, "text-generation", "tiny-zh-en");
    expect(await generate("one two")).toMatchObject([{ generated_text: "one two ONE TWO" }]);
    expect(await generate("one two", { return_full_text: false })).toMatchObject([
      { generated_text: " ONE TWO" },
    ]);
    expect(await generate(["a", "b"])).toMatchObject([
      [{ generated_text: "a A" }],
      [{ generated_text: "b B" }],
    ]);
  });

  it("streams what is new, without the prompt", async () => {
    workers.state.task = "text-generation";
    const generate = await createPipeline(host, "text-generation", "tiny-zh-en");
    const pieces: string[] = [];
    const streamer = new TextStreamer((piece) => pieces.push(piece));
    await generate("one two", { streamer });
    expect(pieces).toEqual([" ONE", " TWO"]);
  });

  it("refuses a model that cannot", async () => {
    await expect(createPipeline(host, "text-generation", "tiny-zh-en")).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });
});
