// npm run -s cli -- ...: the command line of the engine, built when it is older than its sources.
// Standard output is the program's alone; relative paths are relative to where the person is.
import { spawnSync } from "node:child_process";
import process from "node:process";

import { buildCli } from "./engine.mjs";
import { runMain, SetupError } from "./shell.mjs";
import { ensureSystem } from "./system.mjs";
import { ensureToolchain } from "./toolchain.mjs";

await runMain(() => {
  ensureSystem();
  const program = buildCli(ensureToolchain());
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const result = spawnSync(program, process.argv.slice(2), { cwd, stdio: "inherit" });
  if (result.error)
    throw new SetupError(`${program} could not be started: ${result.error.message}`);
  process.exitCode = result.status ?? 1;
});
