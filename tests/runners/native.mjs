// The tests of the C++: optimised, again under AddressSanitizer and UBSan, and again as WebAssembly in Node.js.
import { join } from "node:path";
import process from "node:process";

import { buildPreset } from "../../wasm/toolchain/engine.mjs";
import { repository } from "../../wasm/toolchain/shell.mjs";
import { runReporting, step, sum } from "./results.mjs";

const sanitizers = {
  ASAN_OPTIONS: "detect_stack_use_after_return=1:allocator_may_return_null=1",
  UBSAN_OPTIONS: "print_stacktrace=1",
};

function count(report) {
  const tests = report.testsuites.flatMap((suite) => suite.testsuite);
  const ran = tests.filter((test) => test.status === "RUN" && test.result === "COMPLETED");
  const failed = ran.filter((test) => test.failures).length;
  return { passed: ran.length - failed, failed };
}

/** `program` and `words` start the tests that the preset has built. */
async function runPreset({ preset, program, words = [] }, toolchain) {
  const build = await step(`building the tests, ${preset}`, () =>
    buildPreset(preset, toolchain, "glassformer_tests"),
  );
  if (build.failed > 0) return build;
  const report = `build/${preset}/native-tests.json`;
  return runReporting({
    name: `native tests, ${preset}`,
    program,
    args: [...words, "--gtest_brief=1", `--gtest_output=json:${join(repository, report)}`],
    report,
    count,
    env: sanitizers,
  });
}

const testsOf = (preset) => join(repository, `build/${preset}/tests/native/glassformer_tests`);

const presets = [
  { preset: "native-release", program: testsOf("native-release") },
  { preset: "native-asan", program: testsOf("native-asan") },
  {
    preset: "wasm-simd128",
    program: process.execPath,
    words: [`${testsOf("wasm-simd128")}.cjs`],
  },
];

export async function runNative(toolchain) {
  const results = [];
  for (const preset of presets) results.push(await runPreset(preset, toolchain));
  return sum(results);
}
