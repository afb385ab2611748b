import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { models } from "../../../web/app/plugins/models.js";

let folder: string;

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "models-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function built(): string[] {
  const emitted: string[] = [];
  const generate = models(folder).generateBundle as unknown as (this: object) => void;
  generate.call({ emitFile: ({ fileName }: { fileName: string }) => emitted.push(fileName) });
  return emitted;
}

it("publishes what the manifest lists, and nothing else", () => {
  write(
    "manifest.json",
    JSON.stringify({
      models: [{ id: "a", card: "a/README.md", files: [{ name: "config.json" }] }],
    }),
  );
  for (const path of ["a/README.md", "a/config.json", "a/secret.txt", "recipes/a/train.py"])
    write(path, "x");
  expect(built()).toEqual(["models/manifest.json", "models/a/README.md", "models/a/config.json"]);
});

it("says what is missing", () => {
  expect(built).toThrow("manifest.json: the page needs it");
});
