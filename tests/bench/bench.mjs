// npm run bench [-- --quick] [-- --only kernels|encoder|growth|pipelines]: how fast the kernels and
// the encoders are, in Chromium, beside onnxruntime-web with the same weights; how time and memory
// grow; and whole pipelines beside transformers.js. What is compared by its speed runs in turn, in
// one page. Writes build/bench.json.
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { buildPreset, buildWasm, setUp } from "../../wasm/toolchain/engine.mjs";
import { capture, repository, run, runMain, say } from "../../wasm/toolchain/shell.mjs";
import { evaluateAlone } from "./browser.mjs";
import { benchGrowth, growthTable } from "./growth.mjs";
import { writeModel } from "./models.mjs";
import { writePeerModel } from "./peer_models.mjs";
import { benchPipelines, pipelineTable } from "./pipelines.mjs";
import { encoderTables, kernelTable, summarize, table } from "./report.mjs";
import { serve } from "./server.mjs";
import { shapes } from "./shapes.mjs";
import { tasks } from "./texts.mjs";

const here = import.meta.dirname;
const output = join(repository, "build/bench.json");

const kernelCases = [
  ...[
    [128, 768, 768],
    [128, 768, 3072],
    [128, 3072, 768],
    [128, 384, 384],
    [32, 768, 768],
    [16, 768, 768],
    [4, 768, 768],
    [1, 768, 768],
  ].map(([m, k, n]) => ({ name: `${m} x ${k} x ${n}`, m, k, n, copies: 1 })),
  { name: "1 x 768 x 768, from memory", m: 1, k: 768, n: 768, copies: 96 },
];

/** How much is measured. */
const full = {
  ...{ sizes: [1, 8].flatMap((texts) => [16, 32, 128, 384].map((tokens) => [texts, tokens])) },
  ...{ rounds: 25, kernelRounds: 60 },
  ...{ growthRounds: 10, visits: 5, pipelineRounds: 15 },
};
const quick = {
  ...{
    sizes: [
      [1, 16],
      [1, 128],
      [8, 16],
    ],
    rounds: 5,
    kernelRounds: 20,
  },
  ...{ growthRounds: 3, visits: 1, pipelineRounds: 5 },
};
const parts = ["kernels", "encoder", "growth", "pipelines"];

const peers = {
  ort: join(here, "node_modules/onnxruntime-web"),
  transformers: join(here, "node_modules/@huggingface/transformers"),
};

function installPeers() {
  if (Object.values(peers).every((folder) => existsSync(folder))) return;
  say("installing the peers to measure against (tests/bench/package-lock.json)");
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  // The scripts fetch what only Node.js would need.
  run("npm", ["ci", "--ignore-scripts", ...quiet], { cwd: here });
}

const versionOf = (peer) => createRequire(import.meta.url)(join(peer, "package.json")).version;

function benchNative(toolchain) {
  buildPreset("native-release", toolchain, "glassformer_bench");
  const program = join(repository, "build/native-release/tests/bench/glassformer_bench");
  const { ok, stdout } = capture(program, []);
  if (!ok) throw new Error("the native benchmark failed");
  return JSON.parse(stdout);
}

function nativeTable({ peak_int8, peak_f32, cases }) {
  const share = (rate, peak) => `${rate} (${Math.round((100 * rate) / peak)}%)`;
  return table([
    ["native, GOP/s", "int8", "f32"],
    ["peak", peak_int8, peak_f32],
    ...cases.map(({ m, k, n, int8, f32 }) => [
      `${m} x ${k} x ${n}`,
      share(int8, peak_int8),
      share(f32, peak_f32),
    ]),
  ]);
}

// Answers have to agree: f32 to the fourth digit, int8 as far as two ways of rounding do.
function checkAnswers(name, sizes, tolerance) {
  for (const [size, { answers }] of Object.entries(sizes)) {
    const values = Object.values(answers);
    const difference = Math.max(...values) - Math.min(...values);
    if (!(difference <= tolerance))
      throw new Error(`${name}, ${size} tokens: the answers differ: ${JSON.stringify(answers)}`);
  }
}

async function benchEncoders(url, { sizes, rounds }) {
  const results = [];
  for (const { name: shape } of shapes) {
    for (const [dtype, tolerance] of [
      ["int8", 0.05],
      ["f32", 1e-4],
    ]) {
      say(`encoder of ${shape}, ${dtype}`);
      const request = { shape, dtype, sizes, rounds };
      const measured = await evaluateAlone(url, "page.mjs", "encoder", request);
      checkAnswers(`${shape} ${dtype}`, measured, tolerance);
      const summaries = Object.entries(measured).map(([size, { times }]) => [
        size,
        Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summarize(list)])),
      ]);
      results.push({ shape, dtype, sizes: Object.fromEntries(summaries) });
    }
  }
  return results;
}

const benchKernels = (url, { kernelRounds: rounds }) =>
  evaluateAlone(url, "page.mjs", "kernels", { cases: kernelCases, rounds });

const kServed = {
  bench: here,
  engine: join(repository, "web/lib/src/generated"),
  kernels: join(repository, "build/wasm-simd128/tests/bench"),
  lib: join(repository, "web/lib/dist"),
  models: join(repository, "build/bench"),
  ort: join(peers.ort, "dist"),
  ours: join(repository, "models"),
  peer: join(repository, "build/bench/peer"),
  transformers: join(peers.transformers, "dist"),
  "transformers-ort": join(peers.transformers, "node_modules/onnxruntime-web/dist"),
};

/** What each part needs besides the engine. */
const prepare = {
  kernels: (toolchain) => buildPreset("wasm-simd128", toolchain, "glassformer_bench"),
  encoder: writeModels,
  growth: writeModels,
  pipelines() {
    run("npm", ["run", "--silent", "build", "--workspace", "web/lib"]);
    for (const { model } of Object.values(tasks)) writePeerModel(model, kServed.ours, kServed.peer);
  },
};

function writeModels() {
  for (const shape of shapes) writeModel(shape, join(kServed.models, shape.name));
}

const evaluateOn =
  (url) =>
  (...call) =>
    evaluateAlone(url, ...call);

/** The part's results, by their names in bench.json. */
const measure = {
  kernels: async ({ url }, effort, toolchain) => ({
    native: benchNative(toolchain),
    kernels: await benchKernels(url, effort),
  }),
  encoder: async ({ url }, effort) => ({ encoders: await benchEncoders(url, effort) }),
  growth: async ({ url }, effort) => ({ growth: await benchGrowth(evaluateOn(url), effort) }),
  pipelines: async (server, effort) => ({ pipelines: await benchPipelines(server, effort) }),
};

function report({ processor, versions, native, kernels, encoders, growth, pipelines }) {
  const named = Object.entries(versions).map((entry) => entry.join(" "));
  const tables = [`${processor}; ${named.join("; ")}`];
  if (native) tables.push(nativeTable(native), kernelTable(kernels));
  if (encoders)
    tables.push("milliseconds: median (quartiles); ratio: theirs / ours", encoderTables(encoders));
  if (growth) tables.push(growthTable(growth));
  if (pipelines) tables.push("ratio: theirs / ours", pipelineTable(pipelines));
  return `${tables.join("\n\n")}\n`;
}

const { values: options } = parseArgs({
  options: { quick: { type: "boolean" }, only: { type: "string" } },
});

await runMain(async () => {
  const wanted = options.only === undefined ? parts : [options.only];
  if (!parts.includes(wanted[0])) throw new Error(`--only: expected ${parts.join(", ")}`);
  const effort = options.quick ? quick : full;
  const toolchain = setUp({ tests: true });
  buildWasm(toolchain);
  installPeers();
  for (const part of wanted) prepare[part](toolchain);
  const server = await serve(kServed);
  const versions = {
    "onnxruntime-web": versionOf(peers.ort),
    "transformers.js": versionOf(peers.transformers),
  };
  const result = { processor: cpus()[0].model, versions, effort };
  for (const part of wanted) {
    say(`measuring: ${part}`);
    Object.assign(result, await measure[part](server, effort, toolchain));
  }
  server.close();
  writeFileSync(output, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(report(result));
});
