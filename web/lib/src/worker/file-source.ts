// Where a file's bytes come from, and how many there will be: the engine must know before the first.

import { connect, download } from "./download.js";
import type { ModelFile } from "./file-list.js";
import type { Platform } from "./platform.js";

export interface Source {
  body: ReadableStream<Uint8Array> | null;
  bytes: number;
  isCached: boolean;
}

export function cachedSource(response: Response, file: ModelFile): Source {
  const bytes = file.bytes ?? Number(response.headers.get("content-length"));
  return { body: response.body, bytes, isCached: true };
}

export async function networkSource(
  file: ModelFile,
  platform: Platform,
  signal: AbortSignal,
): Promise<Source> {
  const response = await download(file.url, platform, signal);
  return measure(response, file, signal);
}

async function measure(response: Response, file: ModelFile, signal: AbortSignal): Promise<Source> {
  if (file.bytes !== undefined) return { body: response.body, bytes: file.bytes, isCached: false };
  const length = response.headers.get("content-length");
  // Hosts compress JSON in transit, and then Content-Length counts the compressed bytes: those
  // files are small, read them whole.
  if (length !== null && !file.name.endsWith(".json")) {
    return { body: response.body, bytes: Number(length), isCached: false };
  }
  const bytes = await connect(() => response.arrayBuffer(), file.url, signal);
  return { body: new Response(bytes).body, bytes: bytes.byteLength, isCached: false };
}
