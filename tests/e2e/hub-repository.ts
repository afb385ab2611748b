// A repository as the Hub has many: no tokenizer.json, and the weights in two shards. Made of a
// golden model.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kTop } from "./glass.js";
import { readTensors, type Entry, type Tensors } from "./safetensors.js";

function fileOf(tensors: Tensors): Buffer {
  let offset = 0;
  const header: Record<string, Entry> = {};
  for (const [name, { entry, data }] of tensors) {
    header[name] = { ...entry, data_offsets: [offset, offset + data.length] };
    offset += data.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...[...tensors.values()].map(({ data }) => data)]);
}

/** Lower-case letters and their continuations, as the golden models' tokeniser has them. */
function vocabulary(): string {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(0x61 + i));
  const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
  return [...special, ...letters, ...letters.map((letter) => `##${letter}`)].join("\n");
}

/** Writes it into `folder`; resolves with the names of its shards. */
export function writeRepository(golden: string, folder: string): string[] {
  const from = join(kTop, "tests/golden/models", golden);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), readFileSync(join(from, "config.json")));
  writeFileSync(join(folder, "vocab.txt"), vocabulary());
  const all = [...readTensors(join(from, "model.safetensors"))];
  const halves = [all.slice(0, all.length / 2), all.slice(all.length / 2)];
  const files = halves.map((half, i) => {
    const name = `model-0000${i + 1}-of-00002.safetensors`;
    writeFileSync(join(folder, name), fileOf(new Map(half)));
    return { name, half };
  });
  const weight_map = Object.fromEntries(
    files.flatMap(({ name, half }) => half.map(([tensor]) => [tensor, name])),
  );
  const total_size = all.reduce((sum, [, { data }]) => sum + data.length, 0);
  const index = JSON.stringify({ metadata: { total_size }, weight_map });
  writeFileSync(join(folder, "model.safetensors.index.json"), index);
  return files.map(({ name }) => name);
}
