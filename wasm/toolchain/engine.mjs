// npm run engine: builds the C++ for this machine and for the browser, and hands the browser's part
// to web/lib.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { ensureNodeModules } from "./npm.mjs";
import { repository, run, runMain, runQuietly, say } from "./shell.mjs";
import { ensureSystem } from "./system.mjs";
import { ensureToolchain } from "./toolchain.mjs";

const name = "glassformer-engine";

// What Emscripten writes, and what TypeScript wants the definitions of an .mjs file to be called.
const outputs = [
  { from: `${name}.mjs`, to: `${name}.mjs` },
  { from: `${name}.wasm`, to: `${name}.wasm` },
  { from: `${name}.d.ts`, to: `${name}.d.mts` },
];

/** Configures a preset of CMakePresets.json when needed and builds it, or one target of it. */
export function buildPreset(preset, toolchain, target = "all") {
  const folder = join(repository, "build", preset);
  const stamp = join(folder, "configured-with.txt");
  const presets = readFileSync(join(repository, "CMakePresets.json"), "utf8");
  const configuration = [
    toolchain.env.GLASSFORMER_EMSCRIPTEN,
    ...toolchain.cmakeArgs,
    presets,
  ].join("\n");
  const options = { env: toolchain.env };
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== configuration) {
    say(`configuring build/${preset}`);
    runQuietly("cmake", ["--fresh", "--preset", preset, ...toolchain.cmakeArgs], options);
    writeFileSync(stamp, configuration);
  }
  run("cmake", ["--build", "--preset", preset, "--target", target, "--", "--quiet"], options);
}

// A file that did not change keeps its time, so that nothing after it is built again.
function copyIfChanged(from, to) {
  if (existsSync(to) && readFileSync(from).equals(readFileSync(to))) return;
  copyFileSync(from, to);
}

/** Builds the browser's engine into web/lib/src/generated. */
export function buildWasm(toolchain) {
  buildPreset("wasm-simd128", toolchain);
  const generated = join(repository, "web/lib/src/generated");
  mkdirSync(generated, { recursive: true });
  for (const { from, to } of outputs) {
    copyIfChanged(join(repository, "build/wasm-simd128/wasm/bindings", from), join(generated, to));
  }
}

/** Builds the command line; returns the path of the program. */
export function buildCli(toolchain) {
  buildPreset("native-release", toolchain, "glassformer");
  return join(repository, "build/native-release/wasm/cli/glassformer");
}

/** Everything before the first compilation: system packages, npm packages, toolchain. */
export function setUp(options = {}) {
  ensureSystem(options);
  ensureNodeModules();
  return ensureToolchain();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await runMain(() => {
    const toolchain = setUp();
    say("building the engine for this machine");
    buildCli(toolchain);
    say("building the engine for the browser");
    buildWasm(toolchain);
  });
}
