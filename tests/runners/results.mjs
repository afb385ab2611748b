// What a runner reports: how many tests passed and failed. A runner that broke down, or that ran
// nothing, has failed.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import { repository, run, say, SetupError } from "../../wasm/toolchain/shell.mjs";

/** Runs one step that passes or fails as a whole. */
export async function step(name, action) {
  try {
    await action();
    say(`ok: ${name}`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`FAILED: ${name}: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

export function sum(results) {
  const add = (total, { passed, failed }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
  });
  return results.reduce(add, { passed: 0, failed: 0 });
}

function readReport(path, count) {
  if (!existsSync(path)) return { passed: 0, failed: 0 };
  return count(JSON.parse(readFileSync(path, "utf8")));
}

/**
 * Runs a test program that writes a JSON report, and counts what the report says.
 * `count` turns the report into { passed, failed }.
 */
export async function runReporting({ name, program, args, report, count, env = {} }) {
  const path = join(repository, report);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  const ending = await step(name, () => run(program, args, { env }));
  const { passed, failed } = readReport(path, count);
  if (ending.failed > 0 && failed === 0) {
    say(`${name}: ended without a failed test, so the run itself failed`);
    return { passed, failed: 1 };
  }
  if (passed + failed > 0) return { passed, failed };
  say(`${name}: ran no tests`);
  return { passed: 0, failed: 1 };
}
