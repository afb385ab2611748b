// npm run -s eval -- <model-id> --data <file or folder> [--limit N] [--every N] [--engine wasm|native] [--dtype auto|fp32|fp16|q8]
// Runs a shipped model over an evaluation set with the product's own engine and prints one line of JSON. Progress goes to
// standard error. The data is the caller's: nothing of it is in the project.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { runMain, SetupError } from "../../wasm/toolchain/shell.mjs";
import { openNative } from "./engines/native.mjs";
import { openWasm } from "./engines/wasm.mjs";
import { evaluateClassification } from "./tasks/classification.mjs";
import { evaluateQuestionAnswering } from "./tasks/question_answering.mjs";
import { evaluateTranslation } from "./tasks/translation.mjs";

const engines = { wasm: openWasm, native: openNative };
const tasks = {
  "text-classification": evaluateClassification,
  "question-answering": evaluateQuestionAnswering,
  translation: evaluateTranslation,
};

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      limit: { type: "string", default: "Infinity" },
      every: { type: "string", default: "1" },
      engine: { type: "string", default: "wasm" },
      dtype: { type: "string", default: "auto" },
    },
  });
  const [limit, every] = [Number(values.limit), Number(values.every)];
  const isSane = limit > 0 && Number.isInteger(every) && every > 0;
  if (positionals.length !== 1 || !values.data || !isSane || !(values.engine in engines)) {
    throw new SetupError(
      "usage: npm run -s eval -- <model-id> --data <file or folder> [--limit N] [--every N] [--engine wasm|native] [--dtype auto|fp32|fp16|q8]",
    );
  }
  const { data, engine, dtype } = values;
  return { id: positionals[0], data, limit, every, engine, dtype };
}

function modelFolder(id) {
  const folder = fileURLToPath(new URL(`../../models/${id}/`, import.meta.url));
  if (existsSync(`${folder}config.json`)) return folder;
  throw new SetupError(`no model '${id}' in models/`);
}

/** Of a translator: from, to. */
function languagesOf(id) {
  const manifest = new URL("../../models/manifest.json", import.meta.url);
  const { models } = JSON.parse(readFileSync(manifest, "utf8"));
  return models.find((model) => model.id === id)?.languages ?? [];
}

/** Which of our tasks the model's first architecture does. */
function taskOf(config) {
  const architecture = config.architectures?.[0] ?? "";
  if (architecture.endsWith("ForSequenceClassification")) return "text-classification";
  if (architecture.endsWith("ForQuestionAnswering")) return "question-answering";
  if (architecture === "MarianMTModel") return "translation";
  throw new SetupError(`no evaluation for the architecture '${architecture}'`);
}

/** Each `every`-th example, `limit` at most. */
function sampled({ limit, every }) {
  return (examples) => examples.filter((_, i) => i % every === 0).slice(0, limit);
}

/** Says how far it is, a few times a second at most. */
function progressTo(stream) {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < 500) return;
    last = now;
    stream.write(`\r${done} of ${total}${done === total ? "\n" : ""}`);
  };
}

await runMain(async () => {
  const options = readArguments();
  const folder = modelFolder(options.id);
  const config = JSON.parse(readFileSync(`${folder}config.json`, "utf8"));
  const task = taskOf(config);
  const start = performance.now();
  const model = await engines[options.engine](folder, task, options.dtype);
  const figures = await tasks[task](
    model,
    config,
    { data: options.data, sample: sampled(options), languages: languagesOf(options.id) },
    progressTo(process.stderr),
  );
  model.close();
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const { id, engine, dtype } = options;
  const how = { model: id, task, engine, dtype };
  process.stdout.write(`${JSON.stringify({ ...how, ...figures, seconds })}\n`);
});
