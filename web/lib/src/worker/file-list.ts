// From a model's source to the list of files to fetch.

import { GlassformerError } from "../errors.js";
import type { ModelSource } from "./api.js";
import { download, readText } from "./download.js";
import { parseManifest, type ManifestModel } from "./manifest.js";
import type { Platform } from "./platform.js";

export interface ModelFile {
  name: string;
  url: string;
  /** Known where a manifest says it. */
  bytes?: number;
  sha256?: string;
  /** Where it lies in the browser's cache: another version of the file has another key. */
  cacheKey: string;
}

const kHubFiles = ["config.json", "tokenizer.json", "model.safetensors"];

export async function listFiles(
  source: ModelSource,
  platform: Platform,
  signal: AbortSignal,
): Promise<ModelFile[]> {
  if (source.kind === "hub") return kHubFiles.map((name) => hubFile(source, name));
  const url = new URL("manifest.json", source.folder).href;
  const response = await download(url, platform, signal);
  const models = parseManifest(await readText(response, url, signal), url);
  return find(models, source.id, url).files.map(({ name, bytes, sha256 }) => {
    const fileUrl = new URL(`${encodeURIComponent(source.id)}/${name}`, source.folder).href;
    return { name, url: fileUrl, bytes, sha256, cacheKey: `${fileUrl}?sha256=${sha256}` };
  });
}

function find(models: ManifestModel[], id: string, url: string): ManifestModel {
  const model = models.find((candidate) => candidate.id === id);
  if (model) return model;
  const known = models.map((candidate) => `"${candidate.id}"`).join(", ") || "none";
  throw new GlassformerError("NOT_FOUND", `${url}: expected a model "${id}", got these: ${known}`);
}

function hubFile(source: ModelSource & { kind: "hub" }, name: string): ModelFile {
  const values: Record<string, string> = {
    model: source.id,
    revision: encodeURIComponent(source.revision),
    file: name,
  };
  const path = source.template.replace(
    /\{(model|revision|file)\}/g,
    (_, key: string) => values[key] ?? "",
  );
  const url = new URL(path, source.host).href;
  return { name, url, cacheKey: url };
}
