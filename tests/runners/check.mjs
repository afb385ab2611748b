// npm run check: formatting, linting, types, and who may depend on whom. Each counts as one test.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { repository, run, SetupError } from "../../wasm/toolchain/shell.mjs";
import { checkTable } from "../parity/table.mjs";
import { runClangTidy } from "./clang_tidy.mjs";
import { step, sum } from "./results.mjs";
import { cppFiles } from "./sources.mjs";

const bin = (name) => join(repository, "node_modules/.bin", name);

function checkTypes(folder) {
  run(bin("tsc"), ["--noEmit", "--project", folder]);
}

function checkSvelte() {
  const where = ["--workspace", "web/app", "--tsconfig", "./tsconfig.json"];
  run(bin("svelte-check"), [...where, "--fail-on-warnings", "--output", "human"]);
}

function runClangFormat(tool, mode) {
  if (!tool) throw new SetupError("please install clang-format 21");
  run(tool, [...mode, ...cppFiles()]);
}

function runLayeringTests() {
  const files = readdirSync(join(repository, "tests/layering")).filter((name) =>
    /\.test\.mjs$/.test(name),
  );
  run(process.execPath, [
    "--test",
    "--test-reporter=dot",
    ...files.map((name) => join("tests/layering", name)),
  ]);
}

/** Formats everything in place: `npm run format`. */
export function format(toolchain) {
  runClangFormat(toolchain.clangFormat, ["-i"]);
  run(bin("prettier"), ["--write", "--log-level=warn", "."]);
}

const checks = [
  ["clang-format", ({ clangFormat }) => runClangFormat(clangFormat, ["--dry-run", "--Werror"])],
  ["clang-tidy", ({ clangTidy }) => runClangTidy(clangTidy)],
  ["prettier", () => run(bin("prettier"), ["--check", "--log-level=warn", "."])],
  ["eslint", () => run(bin("eslint"), ["."])],
  ["types of web/lib", () => checkTypes("web/lib")],
  ["types of tests/unit", () => checkTypes("tests/unit")],
  ["types of tests/e2e", () => checkTypes("tests/e2e")],
  ["types of web/app", checkSvelte],
  ["layering", runLayeringTests],
  ["parity table", checkTable],
];

export async function runCheck(toolchain) {
  const results = [];
  for (const [name, action] of checks) results.push(await step(name, () => action(toolchain)));
  return sum(results);
}
