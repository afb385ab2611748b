// npm run engine: builds the C++ for this machine and for the browser, and hands the browser's part
// to web/lib.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { ensureNodeModules } from "./npm.mjs";
import { repository, run, runMain, runQuietly, say, SetupError } from "./shell.mjs";
import { ensureSystem } from "./system.mjs";
import { ensureToolchain } from "./toolchain.mjs";

const name = "glassformer-engine";
const threaded = `${name}-threads`;
const wasmFolder = join(repository, "build/wasm-simd128/wasm");

// What Emscripten writes, and what TypeScript wants the definitions of an .mjs file to be called.
const outputs = [
  { from: `simd128/${name}.mjs`, to: `${name}.mjs` },
  { from: `simd128/${name}.d.ts`, to: `${name}.d.mts` },
  { from: `simd128/${name}.wasm`, to: `${name}.wasm` },
  { from: `relaxed/${name}.wasm`, to: `${name}-relaxed.wasm` },
  { from: `simd128-threads/${threaded}.mjs`, to: `${threaded}.mjs` },
  { from: `simd128-threads/${threaded}.d.ts`, to: `${threaded}.d.mts` },
  { from: `simd128-threads/${threaded}.wasm`, to: `${threaded}.wasm` },
  { from: `relaxed-threads/${threaded}.wasm`, to: `${name}-relaxed-threads.wasm` },
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

// One file of glue serves two builds, as long as they are linked alike.
function checkGlue(glue, builds) {
  const [first, second] = builds.map((build) =>
    readFileSync(join(wasmFolder, "bindings", build, `${glue}.mjs`)),
  );
  if (!first.equals(second))
    throw new SetupError(`${builds.join(" and ")} want different glue: link them alike`);
}

// The probe goes into the worker's own code: it has to be there before the engine is chosen.
function writeProbe(path) {
  const bytes = readFileSync(join(wasmFolder, "kernels/glassformer-probe.wasm"));
  const code = `export const kernelProbe =\n  "${bytes.toString("base64")}";\n`;
  if (!existsSync(path) || readFileSync(path, "utf8") !== code) writeFileSync(path, code);
}

function sayDownload(generated) {
  const size = (file) => gzipSync(readFileSync(join(generated, file)), { level: 9 }).length / 1000;
  for (const [glue, ...files] of [
    [name, `${name}.wasm`, `${name}-relaxed.wasm`],
    [threaded, `${threaded}.wasm`, `${name}-relaxed-threads.wasm`],
  ]) {
    for (const wasm of files) {
      const both = (size(`${glue}.mjs`) + size(wasm)).toFixed(0);
      say(`${wasm}: ${both} kB to download with its glue, gzipped`);
    }
  }
}

/**
 * Builds the browser's engine into web/lib/src/generated: plain and with relaxed SIMD, each also with
 * threads.
 */
export function buildWasm(toolchain) {
  buildPreset("wasm-simd128", toolchain);
  checkGlue(name, ["simd128", "relaxed"]);
  checkGlue(threaded, ["simd128-threads", "relaxed-threads"]);
  const generated = join(repository, "web/lib/src/generated");
  mkdirSync(generated, { recursive: true });
  for (const { from, to } of outputs) {
    copyIfChanged(join(wasmFolder, "bindings", from), join(generated, to));
  }
  writeProbe(join(generated, "glassformer-probe.ts"));
  sayDownload(generated);
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
