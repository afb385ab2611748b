// Evaluation sets from the disk, compressed with xz or not.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { SetupError } from "../../wasm/toolchain/shell.mjs";

const largestFile = 2 ** 30;

/** The file itself, or the first of `names` (plain or .xz) that a folder holds. */
function findFile(path, names) {
  if (!existsSync(path)) throw new SetupError(`no such file or folder: ${path}`);
  if (!statSync(path).isDirectory()) return path;
  const candidates = names.flatMap((name) => [join(path, name), join(path, `${name}.xz`)]);
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) throw new SetupError(`${path}: expected one of ${names.join(", ")} (or .xz)`);
  return found;
}

/** The whole text of a file. */
export function readText(path, names) {
  const file = findFile(path, names);
  if (!file.endsWith(".xz")) return readFileSync(file, "utf8");
  return execFileSync("xz", ["-dc", file], { encoding: "utf8", maxBuffer: largestFile });
}

/** Its lines, empty ones left out. */
export function readLines(path, names) {
  return readText(path, names)
    .split("\n")
    .filter((line) => line !== "");
}
