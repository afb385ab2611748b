// Are these the bytes that the manifest promises? The platform's own digest wants a whole file at
// once; this one is computed as the bytes come.

import { createSHA256 } from "hash-wasm";
import { GlassformerError } from "../errors.js";
import type { ModelFile } from "./file-list.js";

export interface Check {
  update(chunk: Uint8Array): void;
  /** Throws INTEGRITY unless the file has come as it was promised. */
  finish(): void;
}

/** Checks what is known of the file: its size, its SHA-256, both or nothing. */
export async function startCheck(file: ModelFile): Promise<Check> {
  const hasher = file.sha256 === undefined ? undefined : (await createSHA256()).init();
  let loaded = 0;
  return {
    update(chunk) {
      loaded += chunk.length;
      if (file.bytes !== undefined && loaded > file.bytes) throw wrongSize(file, "more");
      hasher?.update(chunk);
    },
    finish() {
      if (file.bytes !== undefined && loaded !== file.bytes) throw wrongSize(file, `${loaded}`);
      const digest = hasher?.digest("hex");
      if (digest === file.sha256) return;
      const message = `${file.url}: expected SHA-256 ${file.sha256}, got ${digest}`;
      throw new GlassformerError("INTEGRITY", message);
    },
  };
}

function wrongSize({ url, bytes }: ModelFile, got: string): GlassformerError {
  return new GlassformerError("INTEGRITY", `${url}: expected ${bytes} bytes, got ${got}`);
}
