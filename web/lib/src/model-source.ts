// From a model's id to where its files are.

import type { Env } from "./env.js";
import { GlassformerError } from "./errors.js";
import type { ModelSource } from "./worker/api.js";

const kLocalId = /^[\w-][\w.-]*$/;
const kHubId = /^[\w-][\w.-]*\/[\w-][\w.-]*$/;

/** `pageUrl`: what a relative `env.localModelPath` is relative to. */
export function modelSource(id: string, revision: string, env: Env, pageUrl: string): ModelSource {
  if (kLocalId.test(id)) return { kind: "manifest", folder: localFolder(env, pageUrl), id };
  if (!kHubId.test(id)) {
    const message = `model: expected a name, or owner/name on the Hub, got ${JSON.stringify(id)}`;
    throw new GlassformerError("INVALID_ARGUMENT", message);
  }
  if (!env.allowRemoteModels) {
    throw new GlassformerError(
      "UNSUPPORTED",
      `${id}: models of the Hub are switched off (env.allowRemoteModels)`,
    );
  }
  return {
    kind: "hub",
    host: folderUrl(env.remoteHost, pageUrl),
    template: env.remotePathTemplate,
    id,
    revision,
  };
}

/** Where the manifest is. */
export function localFolder(env: Env, pageUrl: string): string {
  return folderUrl(env.localModelPath, pageUrl);
}

function folderUrl(path: string, pageUrl: string): string {
  return new URL(path.endsWith("/") ? path : `${path}/`, pageUrl).href;
}
