// The engine as the browser runs it: the WebAssembly build, in Node.js.
import { readFileSync } from "node:fs";

import { buildWasm, setUp } from "../../../wasm/toolchain/engine.mjs";
import { SetupError } from "../../../wasm/toolchain/shell.mjs";

const generated = new URL("../../../web/lib/src/generated/", import.meta.url);
const files = ["config.json", "tokenizer.json", "model.safetensors"];

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

/** A model ready to run: `run(text)` gives labels with scores, best first. */
export async function openWasm(folder, task) {
  const module = await startModule();
  const engine = new module.Engine();
  const model = engine.openModel();
  for (const name of files) addFile(module, engine, model, folder, name);
  expectOk(engine.loadModel(model, { dtype: "auto" }).status);
  return {
    run(text) {
      const result = engine.run(model, {
        task,
        text: text.toWellFormed?.() ?? text,
        textPair: "",
        hasTextPair: false,
        topK: 1,
        outputAttentions: false,
        outputHiddenStates: false,
      });
      expectOk(result.status());
      const labels = result.labels();
      result.delete();
      return labels;
    },
    close: () => engine.delete(),
  };
}
