// Which files of a repository are asked for, by what it has and what its model is.

import { beforeEach, describe, expect, it } from "vitest";
import { createPipeline } from "../../../web/lib/src/pipeline.js";
import type { ProgressInfo } from "../../../web/lib/src/progress.js";
import { FakeWorkers } from "./fake-host.js";

const kHub = "https://mirror.test/team/model/resolve/main/";
const kAlways = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"];
const kCompanions = ["special_tokens_map.json", "added_tokens.json"];

let workers: FakeWorkers;
let events: ProgressInfo[];

beforeEach(() => {
  workers = new FakeWorkers();
  events = [];
});

function serve(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) workers.server.serve(kHub + name, text);
}

function load() {
  const host = workers.host({ remoteHost: "https://mirror.test" });
  const progress_callback = (info: ProgressInfo) => events.push(info);
  return createPipeline(host, "text-classification", "team/model", { progress_callback });
}

const asked = () => workers.server.log.map((url) => url.slice(kHub.length)).sort();
const loaded = () => [...workers.state.loadedFiles.at(-1)!.keys()].sort();
const config = (model_type: string, architecture = "ForSequenceClassification") =>
  JSON.stringify({ model_type, architectures: [architecture] });

describe("a repository without tokenizer.json", () => {
  it.each([
    ["bert", ["vocab.txt"]],
    ["gpt2", ["vocab.json", "merges.txt"]],
    ["roberta", ["vocab.json", "merges.txt"]],
    ["marian", ["source.spm", "target.spm", "vocab.json"]],
    ["t5", ["spiece.model"]],
    ["albert", ["spiece.model"]],
    ["xlm-roberta", ["sentencepiece.bpe.model"]],
  ])("of %s is asked for %j and its companions", async (modelType, vocabulary) => {
    const files = Object.fromEntries([...vocabulary, "tokenizer_config.json"].map((n) => [n, n]));
    serve({ "config.json": config(modelType), "model.safetensors": "weights", ...files });
    await load();
    expect(asked()).toEqual([...kAlways, ...vocabulary, ...kCompanions].sort());
    expect(loaded()).toEqual(["config.json", "model.safetensors", ...Object.keys(files)].sort());
  });

  it("of an unknown family is asked for every layout", async () => {
    serve({ "config.json": config("unheard-of"), "model.safetensors": "w", "vocab.txt": "v" });
    await load();
    expect(asked()).toContain("sentencepiece.bpe.model");
    expect(loaded()).toEqual(["config.json", "model.safetensors", "vocab.txt"]);
  });

  it("tells of the files that there are, and of no others", async () => {
    serve({ "config.json": config("bert"), "model.safetensors": "w", "vocab.txt": "v" });
    await load();
    const named = new Set(events.flatMap((event) => ("file" in event ? [event.file] : [])));
    expect([...named].sort()).toEqual(["config.json", "model.safetensors", "vocab.txt"]);
  });

  it("asks for nothing at all on the second visit", async () => {
    serve({ "config.json": config("bert"), "model.safetensors": "w", "vocab.txt": "v" });
    await load();
    workers.server.log.length = 0;
    workers.server.routes.clear();
    await load();
    expect(asked()).toEqual([]);
    expect(loaded()).toEqual(["config.json", "model.safetensors", "vocab.txt"]);
  });
});

describe("generation_config.json", () => {
  it("is asked for where a model writes text", async () => {
    const architectures = ["GPT2LMHeadModel", "MarianMTModel", "T5ForConditionalGeneration"];
    for (const architecture of architectures) {
      workers.server.log.length = 0;
      workers = new FakeWorkers();
      serve({
        "config.json": config("gpt2", architecture),
        "tokenizer.json": "{}",
        "generation_config.json": '{"num_beams":4}',
        "model.safetensors": "w",
      });
      await load();
      expect(asked()).toEqual([...kAlways, "generation_config.json"].sort());
      expect(loaded()).toContain("generation_config.json");
    }
  });
});

describe("a checkpoint in shards", () => {
  const shards = {
    "model-00001-of-00002.safetensors": "first ".repeat(50),
    "model-00002-of-00002.safetensors": "second ".repeat(50),
  };
  const index = JSON.stringify({
    metadata: { total_size: 650 },
    weight_map: Object.fromEntries(Object.keys(shards).map((file, i) => [`tensor${i}`, file])),
  });
  const small = { "config.json": config("bert"), "tokenizer.json": "{}" };

  it("is found by its index, and every shard is loaded", async () => {
    serve({ ...small, "model.safetensors.index.json": index, ...shards });
    await load();
    const files = Object.fromEntries(workers.state.loadedFiles[0]!);
    expect(files).toMatchObject(shards);
    const sums = events.filter((event) => event.status === "progress_total");
    expect(Object.keys(sums.at(-1)!.files).sort()).toEqual(loaded());
    expect(sums.at(-1)).toMatchObject({ progress: 100 });
    const first = sums.find(({ files }) => "model-00001-of-00002.safetensors" in files);
    expect(first!.total).toBeGreaterThanOrEqual(650);
  });

  it("misses one: the error names it", async () => {
    const rest = { "model-00001-of-00002.safetensors": shards["model-00001-of-00002.safetensors"] };
    serve({ ...small, "model.safetensors.index.json": index, ...rest });
    await expect(load()).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("model-00002-of-00002.safetensors"),
    });
  });

  it("without weights at all: the error names the index", async () => {
    serve(small);
    await expect(load()).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("model.safetensors.index.json"),
    });
  });
});
