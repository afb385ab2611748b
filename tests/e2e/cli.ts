// The engine from a terminal, as the tests ask it: the native build that `npm test` has made before
// the browser starts, or, where a spec is run by itself, the one that `npm run cli` makes.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const kTop = join(import.meta.dirname, "../..");
const kProgram = join(kTop, "build/native-release/wasm/cli/glassformer");

/** What a command says, read from its line of JSON. */
export function askCli<Answer>(words: readonly string[]): Answer {
  const [program, first] = existsSync(kProgram)
    ? [kProgram, []]
    : ["npm", ["run", "-s", "cli", "--"]];
  return JSON.parse(
    execFileSync(program, [...first, ...words], { cwd: kTop, encoding: "utf8" }),
  ) as Answer;
}
