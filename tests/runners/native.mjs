// The native tests, optimised and again under AddressSanitizer and UBSan.
import { join } from "node:path";

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

async function runPreset(preset, toolchain) {
  const build = await step(`building ${preset}`, () => buildPreset(preset, toolchain));
  if (build.failed > 0) return build;
  const report = `build/${preset}/native-tests.json`;
  return runReporting({
    name: `native tests, ${preset}`,
    program: join(repository, `build/${preset}/tests/native/glassformer_tests`),
    args: ["--gtest_brief=1", `--gtest_output=json:${join(repository, report)}`],
    report,
    count,
    env: sanitizers,
  });
}

export async function runNative(toolchain) {
  const release = await runPreset("native-release", toolchain);
  return sum([release, await runPreset("native-asan", toolchain)]);
}
