// The C++ sources, for the tools that want a list of files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { repository } from "../../wasm/toolchain/shell.mjs";

function list(folder) {
  const entries = readdirSync(join(repository, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : list(path);
    return /\.(cc|h)$/.test(entry.name) ? [path] : [];
  });
}

export function cppFiles() {
  return ["wasm", "tests"].flatMap(list);
}

export function readSource(path) {
  return readFileSync(join(repository, path), "utf8");
}
