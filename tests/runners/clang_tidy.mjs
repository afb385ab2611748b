// clang-tidy over the native compilation, a file per core at a time. A file that passed is not
// looked at again until it, a header it includes, its compile command or .clang-tidy changes.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";

import { repository, say, SetupError } from "../../wasm/toolchain/shell.mjs";
import { readSource } from "./sources.mjs";

const database = join(repository, "build/native-release");
const passedFolder = join(repository, "build/clang-tidy");
const include = /^#include "([^"]+)"/gm;

/** The text of a source and of every header of ours that it includes, each once. */
function closure(path, seen = new Map()) {
  if (seen.has(path) || !existsSync(join(repository, path))) return seen;
  seen.set(path, readSource(path));
  for (const [, header] of seen.get(path).matchAll(include)) {
    closure(`wasm/${header}`, seen);
    closure(`tests/native/${header}`, seen);
  }
  return seen;
}

function fingerprint({ path, command }, tool) {
  const hash = createHash("sha256");
  const settings = [".clang-tidy", "tests/.clang-tidy"].map(readSource);
  for (const part of [tool, command, ...settings, ...closure(path).values()]) {
    hash.update(part).update("\0");
  }
  return hash.digest("hex");
}

function ownSources() {
  const commands = JSON.parse(readFileSync(join(database, "compile_commands.json"), "utf8"));
  const files = commands.map(({ file, command }) => ({
    path: relative(repository, file),
    command,
  }));
  return files.filter(({ path }) => /^(wasm|tests)\//.test(path));
}

async function tidy(tool, { path, stamp }) {
  try {
    // The compilers judge their own warnings; here only .clang-tidy's checks count.
    const args = ["-p", database, "--quiet", "--extra-arg=-Wno-error", path];
    await promisify(execFile)(tool, args, { cwd: repository });
    writeFileSync(stamp, "");
    return true;
  } catch (error) {
    say(`clang-tidy: ${path}\n${error.stdout}${error.code === 1 ? "" : error.stderr}`);
    return false;
  }
}

export async function runClangTidy(tool) {
  if (!tool) throw new SetupError("please install clang-tidy 21");
  mkdirSync(passedFolder, { recursive: true });
  const sources = ownSources().map((source) => ({
    ...source,
    stamp: join(passedFolder, fingerprint(source, tool)),
  }));
  const todo = sources.filter(({ stamp }) => !existsSync(stamp));
  const outcomes = [];
  const worker = async () => {
    for (let next = todo.shift(); next; next = todo.shift()) outcomes.push(await tidy(tool, next));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const failed = outcomes.filter((passed) => !passed).length;
  if (failed > 0) throw new SetupError(`${failed} of ${outcomes.length} files`);
}
