// The engine as the browser runs it: the WebAssembly build, in Node.js.
import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";

import { buildWasm, setUp } from "../../../wasm/toolchain/engine.mjs";
import { SetupError } from "../../../wasm/toolchain/shell.mjs";

const generated = new URL("../../../web/lib/src/generated/", import.meta.url);
const smallFiles = ["config.json", "tokenizer.json", "generation_config.json"];

/** Its glue is made for pages and workers and would fetch the file: here it is given the instance. */
async function startModule() {
  buildWasm(setUp());
  const bytes = readFileSync(new URL("glassformer-engine.wasm", generated));
  const { default: createModule } = await import(new URL("glassformer-engine.mjs", generated));
  return createModule({
    instantiateWasm(imports, receive) {
      WebAssembly.instantiate(bytes, imports).then(({ instance }) => receive(instance));
    },
  });
}

function expectOk({ code, message }) {
  if (code !== "OK") throw new SetupError(`${code}: ${message}`);
}

function addFile(module, engine, model, folder, name) {
  const bytes = readFileSync(folder + name);
  const { status, address } = engine.allocateFile(model, name, bytes.length);
  expectOk(status);
  module.HEAPU8.set(bytes, address);
}

/** As a browser does it: piece by piece, into the room that the engine keeps for them. */
function addWeights(module, engine, model, folder, name) {
  const { status, address, bytes } = engine.openWeights(model, name);
  expectOk(status);
  const file = openSync(folder + name);
  const piece = new Uint8Array(bytes);
  for (let count = readSync(file, piece); count > 0; count = readSync(file, piece)) {
    module.HEAPU8.set(piece.subarray(0, count), address);
    expectOk(engine.feedWeights(model, count));
  }
  closeSync(file);
}

/** What the task's pipeline gives for these texts, which are generated from together. */
function generate(engine, model, task, texts, options) {
  const generation = engine.start(
    model,
    task,
    texts.map((text) => text.toWellFormed?.() ?? text),
    JSON.stringify(options),
  );
  try {
    expectOk(generation.status());
    while (!generation.isFinished()) {
      generation.step();
      expectOk(generation.status());
    }
    return JSON.parse(generation.output());
  } finally {
    generation.delete();
  }
}

/**
 * A model ready to run: `run(text, textPair, options)` gives what the task's pipeline does, and
 * `generate(texts, options)` what a pipeline that generates does.
 */
export async function openWasm(folder, task, dtype) {
  const module = await startModule();
  const engine = new module.Engine();
  const model = engine.openModel();
  const present = smallFiles.filter((name) => existsSync(folder + name));
  for (const name of present) addFile(module, engine, model, folder, name);
  const { status, weightFiles } = engine.beginLoad(model, { dtype });
  expectOk(status);
  for (const name of weightFiles) addWeights(module, engine, model, folder, name);
  expectOk(engine.finishLoad(model).status);
  return {
    run(text, textPair, options = {}) {
      const pairs = textPair === undefined ? [] : [textPair.toWellFormed?.() ?? textPair];
      const texts = [text.toWellFormed?.() ?? text];
      const result = engine.run(model, task, texts, pairs, JSON.stringify(options));
      expectOk(result.status());
      const output = JSON.parse(result.output(0));
      result.delete();
      return output;
    },
    generate: (texts, options = {}) => generate(engine, model, task, texts, options),
    close: () => engine.delete(),
  };
}
