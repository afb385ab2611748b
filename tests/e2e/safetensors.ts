// Reads a safetensors file: names, types, shapes and bytes.

import { readFileSync } from "node:fs";

export interface Entry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

export type Tensors = Map<string, { entry: Entry; data: Buffer }>;

export function readTensors(path: string): Tensors {
  const file = readFileSync(path);
  const begin = 8 + Number(file.readBigUInt64LE());
  const header = JSON.parse(file.toString("utf8", 8, begin)) as Record<string, Entry>;
  delete header["__metadata__"];
  return new Map(
    Object.entries(header).map(([name, entry]) => {
      const [from, to] = entry.data_offsets;
      return [name, { entry, data: file.subarray(begin + from, begin + to) }];
    }),
  );
}

/** The numbers of an F32 tensor; its bytes may begin anywhere in the file. */
export function floatsOf({ data }: { data: Buffer }): Float32Array {
  return new Float32Array(Uint8Array.from(data).buffer);
}
