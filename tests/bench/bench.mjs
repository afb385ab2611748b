// npm run bench [-- --quick] [-- --only kernels|encoder]: how fast the kernels and the encoders
// are, in Chromium, beside onnxruntime-web with the same weights. Everything that is compared runs
// in turn, in one page. Writes build/bench.json.
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { chromium } from "@playwright/test";

import { buildPreset, buildWasm, setUp } from "../../wasm/toolchain/engine.mjs";
import { capture, repository, run, runMain, say } from "../../wasm/toolchain/shell.mjs";
import { chromiumPath } from "../../wasm/toolchain/system.mjs";
import { writeModel } from "./models.mjs";
import { encoderTables, kernelTable, summarize, table } from "./report.mjs";
import { serve } from "./server.mjs";
import { shapes } from "./shapes.mjs";

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
const full = { lengths: [16, 32, 128, 384], rounds: 25, kernelRounds: 60 };
const quick = { lengths: [16, 128], rounds: 9, kernelRounds: 20 };

function installPeer() {
  const peer = join(here, "node_modules/onnxruntime-web/dist");
  if (!existsSync(peer)) {
    say("installing the peer to measure against (tests/bench/package-lock.json)");
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: here });
  }
  return peer;
}

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

async function openPage(url) {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  const browser = await chromium.launch({ executablePath: chromiumPath(), args });
  const page = await browser.newPage();
  await page.goto(url);
  return { browser, page };
}

// Answers have to agree: f32 to the fourth digit, int8 as far as two ways of rounding do.
function checkAnswers(name, lengths, tolerance) {
  for (const [tokens, { answers }] of Object.entries(lengths)) {
    const values = Object.values(answers);
    const difference = Math.max(...values) - Math.min(...values);
    if (!(difference <= tolerance))
      throw new Error(`${name}, ${tokens} tokens: the answers differ: ${JSON.stringify(answers)}`);
  }
}

async function benchEncoders(url, { lengths, rounds }) {
  const results = [];
  for (const { name: shape } of shapes) {
    for (const [dtype, tolerance] of [
      ["int8", 0.05],
      ["f32", 1e-4],
    ]) {
      say(`encoder of ${shape}, ${dtype}`);
      const { browser, page } = await openPage(url); // a fresh one: its memory is its own
      const measured = await page.evaluate(
        async (request) => (await import("/bench/page.mjs")).encoder(request),
        { shape, dtype, lengths, rounds },
      );
      await browser.close();
      checkAnswers(`${shape} ${dtype}`, measured, tolerance);
      const summaries = Object.entries(measured).map(([tokens, { times }]) => [
        tokens,
        Object.fromEntries(Object.entries(times).map(([name, list]) => [name, summarize(list)])),
      ]);
      results.push({ shape, dtype, lengths: Object.fromEntries(summaries) });
    }
  }
  return results;
}

async function benchKernels(url, { kernelRounds }) {
  const { browser, page } = await openPage(url);
  const rates = await page.evaluate(
    async ([cases, rounds]) => (await import("/bench/page.mjs")).kernels(cases, rounds),
    [kernelCases, kernelRounds],
  );
  await browser.close();
  return rates;
}

const { values: options } = parseArgs({
  options: { quick: { type: "boolean" }, only: { type: "string" } },
});

await runMain(async () => {
  const effort = options.quick ? quick : full;
  const toolchain = setUp({ tests: true });
  buildWasm(toolchain);
  buildPreset("wasm-simd128", toolchain, "glassformer_bench");
  const peer = installPeer();
  const models = join(repository, "build/bench");
  for (const shape of shapes) writeModel(shape, join(models, shape.name));
  const server = await serve({
    bench: here,
    engine: join(repository, "web/lib/src/generated"),
    kernels: join(repository, "build/wasm-simd128/tests/bench"),
    models,
    ort: peer,
  });
  const { version } = createRequire(import.meta.url)(join(peer, "../package.json"));
  const result = { processor: cpus()[0].model, onnxruntime: version, effort };
  if (options.only !== "encoder") {
    result.native = benchNative(toolchain);
    result.kernels = await benchKernels(server.url, effort);
  }
  if (options.only !== "kernels") result.encoders = await benchEncoders(server.url, effort);
  server.close();
  writeFileSync(output, `${JSON.stringify(result, null, 2)}\n`);
  const parts = [`${result.processor}; onnxruntime-web ${version}`];
  if (result.native) parts.push(nativeTable(result.native), kernelTable(result.kernels));
  if (result.encoders)
    parts.push(
      "milliseconds: median (quartiles); ratio: theirs / ours",
      encoderTables(result.encoders),
    );
  process.stdout.write(`${parts.join("\n\n")}\n`);
});
