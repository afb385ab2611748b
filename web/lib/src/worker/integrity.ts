// Are these the bytes that the manifest promises? The platform's own digest wants a whole file at
// once; these are computed as the bytes come.

import { createSHA256, createXXHash64 } from "hash-wasm";
import { GlassformerError } from "../errors.js";
import type { ModelFile } from "./file-list.js";

export interface Check {
  update(chunk: Uint8Array): void;
  /**
   * Throws INTEGRITY unless the file has come as it was promised. Gives the checksum by which a copy
   * of it can be checked; null where nothing was promised of its content.
   */
  finish(): string | null;
}

/**
 * Checks what is known of the file: its size, its SHA-256, both or nothing.
 *
 * A copy whose SHA-256 was right once is checked by its `checksum`, in a twentieth of the time: that
 * finds damage, and who could write both could change the page itself.
 */
export async function startCheck(file: ModelFile, checksum: string | null): Promise<Check> {
  const summer = file.sha256 === undefined ? null : (await createXXHash64()).init();
  const digester = summer === null || checksum !== null ? null : (await createSHA256()).init();
  let loaded = 0;
  return {
    update(chunk) {
      loaded += chunk.length;
      if (file.bytes !== undefined && loaded > file.bytes) throw wrongSize(file, "more");
      summer?.update(chunk);
      digester?.update(chunk);
    },
    finish() {
      if (file.bytes !== undefined && loaded !== file.bytes) throw wrongSize(file, `${loaded}`);
      if (digester) expectHash(file, "SHA-256", file.sha256!, digester.digest("hex"));
      const sum = summer?.digest("hex") ?? null;
      if (sum !== null && checksum !== null) expectHash(file, "XXH64", checksum, sum);
      return sum;
    },
  };
}

function wrongSize({ url, bytes }: ModelFile, got: string): GlassformerError {
  return new GlassformerError("INTEGRITY", `${url}: expected ${bytes} bytes, got ${got}`);
}

function expectHash({ url }: ModelFile, kind: string, expected: string, got: string): void {
  if (got === expected) return;
  throw new GlassformerError("INTEGRITY", `${url}: expected ${kind} ${expected}, got ${got}`);
}
