// One GET, with every way it can go wrong told apart.

import { GlassformerError, messageOf } from "../errors.js";
import type { Platform } from "./platform.js";

/** Resolves with the headers; the body is still to come. `signal` ends both. */
export async function download(
  url: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Response> {
  // "no-cache" revalidates: a model that was updated at the same address must not meet an old file
  // of the HTTP cache.
  const response = await connect(
    () => platform.fetch(url, { signal, cache: "no-cache" }),
    url,
    signal,
  );
  if (response.status === 404)
    throw new GlassformerError("NOT_FOUND", `${url}: the server has no such file (404)`);
  if (!response.ok)
    throw new GlassformerError("NETWORK", `${url}: expected status 200, got ${response.status}`);
  refuseHtml(response, url);
  return response;
}

/** Many static hosts answer a missing file with their start page and status 200. */
function refuseHtml(response: Response, url: string): void {
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("text/html")) return;
  const message = `${url}: expected a model's file, got a web page (${type}), as some hosts send for a missing file`;
  throw new GlassformerError("NOT_FOUND", message);
}

/** Reads the whole body as text; for small files. */
export async function readText(
  response: Response,
  url: string,
  signal: AbortSignal,
): Promise<string> {
  return connect(() => response.text(), url, signal);
}

/**
 * Runs a step of network work; what the platform throws becomes NETWORK, unless it is the abort
 * that was asked for.
 */
export async function connect<T>(
  step: () => Promise<T>,
  url: string,
  signal: AbortSignal,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    signal.throwIfAborted();
    throw new GlassformerError("NETWORK", `${url}: the connection failed: ${messageOf(cause)}`, {
      cause,
    });
  }
}
