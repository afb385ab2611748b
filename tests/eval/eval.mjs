// npm run -s eval -- <model-id> --data <file or folder> [--limit N] [--engine wasm|native]
// Runs a shipped model over an evaluation set with the product's own engine and prints one line of JSON. Progress goes to
// standard error. The data is the caller's: nothing of it is in the project.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { runMain, SetupError } from "../../wasm/toolchain/shell.mjs";
import { openNative } from "./engines/native.mjs";
import { openWasm } from "./engines/wasm.mjs";
import { evaluateClassification } from "./tasks/classification.mjs";

const engines = { wasm: openWasm, native: openNative };
const tasks = { "text-classification": evaluateClassification };

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      limit: { type: "string", default: "Infinity" },
      engine: { type: "string", default: "wasm" },
    },
  });
  const limit = Number(values.limit);
  if (positionals.length !== 1 || !values.data || !(limit > 0) || !(values.engine in engines)) {
    throw new SetupError(
      "usage: npm run -s eval -- <model-id> --data <file or folder> [--limit N] [--engine wasm|native]",
    );
  }
  return { id: positionals[0], data: values.data, limit, engine: values.engine };
}

function modelFolder(id) {
  const folder = fileURLToPath(new URL(`../../models/${id}/`, import.meta.url));
  if (existsSync(`${folder}config.json`)) return folder;
  throw new SetupError(`no model '${id}' in models/`);
}

/** Which of our tasks the model's first architecture does. */
function taskOf(config) {
  const architecture = config.architectures?.[0] ?? "";
  if (architecture.endsWith("ForSequenceClassification")) return "text-classification";
  throw new SetupError(`no evaluation for the architecture '${architecture}'`);
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
  const model = await engines[options.engine](folder, task);
  const figures = await tasks[task](model, config, options, progressTo(process.stderr));
  model.close();
  const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
  const { id, engine } = options;
  process.stdout.write(`${JSON.stringify({ model: id, task, engine, ...figures, seconds })}\n`);
});
