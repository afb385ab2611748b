// What the set-up scripts share: talking to the person, running programs, and where things lie.
// Nothing here may need node_modules: these files run before `npm ci`.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

export const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const longestLine = 150;

/** Something the person has to put right; its message is all they need to see. */
export class SetupError extends Error {}

/** Progress goes to standard error, so that `npm run -s cli` keeps standard output for itself. */
export function say(line) {
  process.stderr.write(`[glassformer] ${line}\n`);
}

/** Where large things land, shared by all clones. */
export function cacheFolder() {
  const { GLASSFORMER_CACHE, XDG_CACHE_HOME } = process.env;
  return GLASSFORMER_CACHE || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "glassformer");
}

/** The path of a program, or undefined. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return undefined;
}

function describe(program, args) {
  const line = [basename(program), ...args].join(" ");
  return line.length > longestLine ? `${line.slice(0, longestLine)}...` : line;
}

/** Runs a program with its output passed on to standard error; throws when it fails. */
export function run(program, args, { env = {}, cwd = repository } = {}) {
  const stdio = ["ignore", process.stderr, process.stderr];
  const result = spawnSync(program, args, { cwd, stdio, env: { ...process.env, ...env } });
  if (result.error) {
    throw new SetupError(`${program} could not be started: ${result.error.message}`);
  }
  if (result.status !== 0) {
    const ending = result.signal ?? `exit code ${result.status}`;
    throw new SetupError(`${describe(program, args)}: ${ending}`);
  }
}

/** Runs a program and shows what it printed only when it fails, which throws. */
export function runQuietly(program, args, options) {
  const { ok, stdout, stderr } = capture(program, args, options);
  if (!ok) throw new SetupError(`${describe(program, args)} failed:\n${stdout}${stderr}`);
}

/** Runs a program and returns what it printed; `ok` is false when it failed or is not there. */
export function capture(program, args, { env = {}, cwd = repository } = {}) {
  const result = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: result.status === 0, stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
}

export function isDebianAmd64() {
  return (
    existsSync("/usr/share/keyrings/debian-archive-keyring.gpg") &&
    findProgram("apt-get") !== undefined &&
    process.platform === "linux" &&
    process.arch === "x64"
  );
}

/** Runs a command's main function; a SetupError ends it with its message alone. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exit(1);
  }
}
