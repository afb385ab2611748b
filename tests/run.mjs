// npm test: sets everything up and runs every test. `npm test -- native unit` runs only those. The
// last line on standard output is "N passed, N failed"; the exit code is 1 when anything failed. A
// runner that fails does not stop the others.
import process from "node:process";

import { buildPreset, buildWasm, setUp } from "../wasm/toolchain/engine.mjs";
import { runMain, say, SetupError } from "../wasm/toolchain/shell.mjs";
import { runCheck } from "./runners/check.mjs";
import { runNative } from "./runners/native.mjs";
import { step, sum } from "./runners/results.mjs";
import { runBrowser, runBuild, runUnit } from "./runners/web.mjs";

// Linters and type checkers read what these builds generate.
async function runEngine(toolchain) {
  const native = await step("building the engine for this machine", () =>
    buildPreset("native-release", toolchain),
  );
  return sum([
    native,
    await step("building the engine for the browser", () => buildWasm(toolchain)),
  ]);
}

const runners = [
  { name: "engine", run: runEngine, neededBy: ["check", "unit"] },
  { name: "check", run: runCheck },
  { name: "native", run: runNative },
  { name: "unit", run: runUnit },
  { name: "build", run: runBuild, neededBy: ["browser"] },
  { name: "browser", run: runBrowser },
];

function chosenRunners(names) {
  const unknown = names.filter((name) => !runners.some((runner) => runner.name === name));
  if (unknown.length > 0) {
    throw new SetupError(
      `no such tests: ${unknown.join(", ")}; there are: ${runners.map(({ name }) => name).join(", ")}`,
    );
  }
  if (names.length === 0) return runners;
  const isChosen = ({ name, neededBy = [] }) =>
    [name, ...neededBy].some((one) => names.includes(one));
  return runners.filter(isChosen);
}

async function runOne({ name, run }, toolchain) {
  const start = performance.now();
  say(`== ${name}`);
  const result = await run(toolchain);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`== ${name}: ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
  return result;
}

await runMain(async () => {
  const chosen = chosenRunners(process.argv.slice(2));
  const toolchain = setUp({ tests: chosen.some(({ name }) => name === "browser") });
  const results = [];
  for (const runner of chosen) results.push(await runOne(runner, toolchain));
  const { passed, failed } = sum(results);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});
