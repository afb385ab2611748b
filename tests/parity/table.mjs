// The README's parity table: how far the engine is from the reference implementation, family by
// family, as the last runs of the native tests measured it (natively and as WebAssembly). Figures
// are powers of ten, so that the table changes when something changes and not with every compiler.
//   npm run parity:table    writes it; npm test native makes the reports it is made from
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repository, SetupError } from "../../wasm/toolchain/shell.mjs";

const goldens = join(repository, "tests/golden/models/families");
const readme = join(repository, "README.md");
const begin = "<!-- parity: made by npm run parity:table -->";
const end = "<!-- /parity -->";
const header = [
  "| checkpoint | architectures | hidden states | attentions | logits | int8 cosine |",
  "|---|---|---|---|---|---|",
];

/** { family: [architectures] } of the goldens. */
export function goldenHeads() {
  const families = readdirSync(goldens).sort();
  const heads = (family) =>
    Object.keys(JSON.parse(readFileSync(join(goldens, family, "heads.json"), "utf8"))).sort();
  return Object.fromEntries(families.map((family) => [family, heads(family)]));
}

/** { family: { architecture: figures } } as the test program of a preset reported them. */
function readReport(preset) {
  const path = join(repository, `build/${preset}/native-tests.json`);
  if (!existsSync(path)) throw new SetupError(`${path} is missing: please run npm test native`);
  const { testsuites } = JSON.parse(readFileSync(path, "utf8"));
  const tests = testsuites.flatMap((suite) => suite.testsuite);
  const families = Object.keys(goldenHeads());
  const figures = (test, family) =>
    Object.fromEntries(
      goldenHeads()[family].map((name) => [name, JSON.parse(test[name] ?? "null")]),
    );
  return Object.fromEntries(
    families.map((family) => {
      const name = `EqualsTheReferenceWithEveryHead/${family.replaceAll("-", "_")}`;
      const test = tests.find((candidate) => candidate.name === name);
      if (!test) throw new SetupError(`${path}: expected a test ${name}`);
      return [family, figures(test, family)];
    }),
  );
}

/** The power of ten that a difference stays below. */
export function bound(difference) {
  if (difference === undefined) return "–";
  return difference === 0 ? "0" : `1e${Math.ceil(Math.log10(difference))}`;
}

/** A cosine by its nines: 0.99993 is "> 0.9999". */
export function nines(cosine) {
  const count = Math.min(Math.floor(-Math.log10(Math.max(1 - cosine, 1e-7))), 6);
  return count < 1 ? cosine.toFixed(1) : `> 0.${"9".repeat(count)}`;
}

const largest = (heads, kind) => {
  const values = Object.values(heads).flatMap((head) => head[kind] ?? []);
  return values.length === 0 ? undefined : Math.max(...values);
};

function both(native, wasm, kind) {
  const [first, second] = [native, wasm].map((heads) => bound(largest(heads, kind)));
  return first === second ? first : `${first}, ${second}`;
}

function row(family, native, wasm) {
  for (const [name, figures] of Object.entries({ ...native, ...wasm }))
    if (!figures) throw new SetupError(`${family}: the tests say nothing of ${name}`);
  const cosine = Math.min(
    ...[native, wasm].flatMap((heads) => Object.values(heads).map((head) => head.int8_cosine)),
  );
  const differences = ["hidden_states", "attentions", "logits"].map((kind) =>
    both(native, wasm, kind),
  );
  const names = Object.keys(native).sort().join(", ");
  return `| ${[family, names, ...differences, nines(cosine)].join(" | ")} |`;
}

function render() {
  const [native, wasm] = ["native-release", "wasm-simd128"].map(readReport);
  const rows = Object.keys(native).map((family) => row(family, native[family], wasm[family]));
  return [...header, ...rows].join("\n");
}

function split(text) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new SetupError(`README.md: expected ${begin} and ${end}`);
  const inside = [from + begin.length, to];
  return [text.slice(0, inside[0]), text.slice(...inside), text.slice(inside[1])];
}

export function writeTable() {
  const [before, , after] = split(readFileSync(readme, "utf8"));
  writeFileSync(readme, `${before}\n\n${render()}\n\n${after}`);
}

/** { family: [architectures] } as a README's table names them. */
export function tableHeads(text) {
  const rows = split(text)[1]
    .split("\n")
    .filter((line) => line.startsWith("| "));
  const cells = rows.slice(1).map((line) => line.split("|").map((cell) => cell.trim()));
  return Object.fromEntries(cells.map(([, family, names]) => [family, names.split(", ")]));
}

/** Whether the table is of the families and heads that the tests compare. */
export function checkTable() {
  const [table, golden] = [tableHeads(readFileSync(readme, "utf8")), goldenHeads()];
  if (JSON.stringify(table) === JSON.stringify(golden)) return;
  throw new SetupError(
    "README.md: the parity table is of other models than tests/golden has: npm run parity:table",
  );
}
