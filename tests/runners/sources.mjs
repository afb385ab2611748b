// The C++ sources, for the tools that want a list of files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../../wasm/toolchain/shell.mjs";

const folders = ["wasm", "tests/native", "tests/bench", "tests/fuzz"];

function list(folder) {
  const entries = readdirSync(join(repository, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return list(path);
    return /\.(cc|h)$/.test(entry.name) ? [path] : [];
  });
}

export function cppFiles() {
  const there = new Set(readdirSync(join(repository, "tests")).map((name) => `tests/${name}`));
  return folders.filter((folder) => folder === "wasm" || there.has(folder)).flatMap(list);
}

export function readSource(path) {
  return readFileSync(join(repository, path), "utf8");
}
