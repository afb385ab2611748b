// Are these the bytes that the manifest promises?

import { GlassformerError } from "../errors.js";

/** Throws INTEGRITY unless the SHA-256 of `bytes` is `sha256` (hexadecimal). */
export async function verify(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string,
  url: string,
  subtle: SubtleCrypto,
): Promise<void> {
  const digest = hex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
  if (digest === sha256) return;
  throw new GlassformerError("INTEGRITY", `${url}: expected SHA-256 ${sha256}, got ${digest}`);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
