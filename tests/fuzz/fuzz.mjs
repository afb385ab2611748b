// npm run fuzz -- [target] [--seconds N]: runs one fuzzer, or all of them after one another, each for N
// seconds (600). What it learns stays in build/fuzz/corpus, what it finds in build/fuzz/findings:
// a finding, once mended, belongs into tests/fuzz/corpus/<target>, where the tests run it.
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { buildPreset } from "../../wasm/toolchain/engine.mjs";
import { repository, run, runMain, say, SetupError } from "../../wasm/toolchain/shell.mjs";
import { ensureSystem, fuzzingCompiler } from "../../wasm/toolchain/system.mjs";
import { ensureToolchain } from "../../wasm/toolchain/toolchain.mjs";

const corpora = join(repository, "tests/fuzz/corpus");
const build = join(repository, "build/fuzz");

// Above what any of our inputs takes under the sanitisers on a slow machine.
const limits = ["-timeout=20", "-rss_limit_mb=2048"];
const sanitizers = {
  ASAN_OPTIONS: "detect_stack_use_after_return=1:allocator_may_return_null=1",
  UBSAN_OPTIONS: "print_stacktrace=1",
};

function readArguments() {
  const { values, positionals } = parseArgs({
    options: { seconds: { type: "string", default: "600" } },
    allowPositionals: true,
  });
  const known = readdirSync(corpora);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0 || !(Number(values.seconds) > 0)) {
    throw new SetupError(
      `usage: npm run fuzz -- [target] [--seconds N]; targets: ${known.join(", ")}`,
    );
  }
  return {
    targets: positionals.length > 0 ? positionals : known,
    seconds: Math.ceil(Number(values.seconds)),
  };
}

function fuzz(target, seconds) {
  const learnt = join(build, "corpus", target);
  const findings = join(build, "findings", target);
  for (const folder of [learnt, findings]) mkdirSync(folder, { recursive: true });
  const options = [`-max_total_time=${seconds}`, "-print_final_stats=1", "-verbosity=1"];
  const dictionary = `-dict=${join(repository, "tests/fuzz/words.dict")}`;
  const folders = [learnt, join(corpora, target)];
  const where = `-artifact_prefix=${findings}/`;
  run(
    join(build, `tests/fuzz/fuzz_${target}`),
    [...options, ...limits, dictionary, where, ...folders],
    { env: sanitizers },
  );
}

await runMain(() => {
  const { targets, seconds } = readArguments();
  ensureSystem({ fuzzing: true });
  const toolchain = ensureToolchain();
  const compiler = `-DCMAKE_CXX_COMPILER=${fuzzingCompiler()}`;
  buildPreset("fuzz", { ...toolchain, cmakeArgs: [...toolchain.cmakeArgs, compiler] });
  for (const target of targets) {
    say(`fuzzing ${target} for ${seconds} s`);
    fuzz(target, seconds);
  }
  say(`no finding: ${targets.join(", ")}`);
});
