// npm run build: the engine, then the page into dist/ and the npm package into web/lib/dist/. A
// part whose inputs are as they were at its last build is left alone.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { buildWasm, setUp } from "../wasm/toolchain/engine.mjs";
import { repository, run, runMain, say } from "../wasm/toolchain/shell.mjs";

const parts = [
  {
    name: "the npm package",
    workspace: "web/lib",
    output: "web/lib/dist/index.js",
    inputs: ["web/lib", "package-lock.json"],
  },
  {
    name: "the page",
    workspace: "web/app",
    output: "dist/index.html",
    inputs: ["web/lib", "web/app", "models", "package-lock.json"],
  },
];

const notInputs = new Set(["node_modules", "dist", "recipes"]);

function* listFiles(path) {
  const status = statSync(path);
  if (!status.isDirectory()) {
    yield `${relative(repository, path)} ${status.size} ${status.mtimeMs}`;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!notInputs.has(name)) yield* listFiles(join(path, name));
  }
}

function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) {
    const path = join(repository, input);
    if (existsSync(path)) for (const line of listFiles(path)) hash.update(`${line}\n`);
  }
  return hash.digest("hex");
}

function buildPart({ name, workspace, output, inputs }) {
  const stamp = join(repository, "build", `${workspace.replaceAll("/", "-")}.stamp`);
  const state = fingerprint(inputs);
  const isCurrent =
    existsSync(join(repository, output)) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === state;
  if (isCurrent) return;
  say(`building ${name}`);
  run("npm", ["run", "--silent", "build", "--workspace", workspace]);
  mkdirSync(join(repository, "build"), { recursive: true });
  writeFileSync(stamp, state);
}

/** Sets up and builds everything that a browser loads. */
export function buildWeb(toolchain = setUp()) {
  say("building the engine for the browser");
  buildWasm(toolchain);
  parts.forEach(buildPart);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await runMain(() => buildWeb());
