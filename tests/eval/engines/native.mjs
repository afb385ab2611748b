// The engine's command line: a process per text, so that what is measured is the contract that people use.
import { spawnSync } from "node:child_process";

import { buildCli, setUp } from "../../../wasm/toolchain/engine.mjs";
import { SetupError } from "../../../wasm/toolchain/shell.mjs";

export async function openNative(folder, task, dtype) {
  const program = buildCli(setUp());
  const ask = (texts, options) => {
    const flags = ["--model", folder, "--dtype", dtype, "--options", JSON.stringify(options)];
    const { status, stdout, stderr } = spawnSync(program, ["run", task, ...flags, "--", ...texts], {
      encoding: "utf8",
    });
    if (status !== 0) throw new SetupError(`the native engine failed: ${stderr}`);
    return JSON.parse(stdout);
  };
  return {
    run: (text, textPair, options = {}) =>
      ask(textPair === undefined ? [text] : [text, textPair], options),
    generate: (texts, options = {}) => ask(texts, options),
    close() {},
  };
}
