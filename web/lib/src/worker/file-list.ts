// What a model's folder may hold, and where each file of it lies.

import { GlassformerError } from "../errors.js";
import type { ModelChoice, ModelSource } from "./api.js";
import { download, readText } from "./download.js";
import { HubFolder } from "./hub-folder.js";
import { parseManifest, type ManifestFile, type ManifestModel } from "./manifest.js";
import type { Platform } from "./platform.js";
import type { ProgressMeter } from "./progress-meter.js";

export interface ModelFile {
  name: string;
  url: string;
  /** Known where a manifest says it. */
  bytes?: number;
  sha256?: string;
  /** Where it lies in the browser's cache: another version of the file has another key. */
  cacheKey: string;
  /** May be missing. */
  isOptional?: boolean;
}

/** Brings one file into the engine's memory; resolves with its bytes, or null if it is missing. */
export type TakeFile = (file: ModelFile) => Promise<Uint8Array | null>;

export interface ModelFolder {
  /** The model's, also where it was chosen by its task. */
  readonly id: string;
  /** The weights in one file; it may be missing where they are in shards. */
  readonly weights: ModelFile | undefined;
  /** Tells the meter what is known of the files before the first one comes. */
  announce(meter: ProgressMeter): void;
  /** Hands over all the files that come before the weights. */
  takeSmallFiles(take: TakeFile): Promise<void>;
  /** What has to come besides where the weights are in shards. */
  takeShardIndex(take: TakeFile): Promise<void>;
  /** A file of weights that the engine asks for. */
  find(name: string): ModelFile;
}

export const kWeightsFile = "model.safetensors";
export const kShardIndex = "model.safetensors.index.json";

export async function openFolder(
  source: ModelSource,
  platform: Platform,
  signal: AbortSignal,
): Promise<ModelFolder> {
  if (source.kind === "hub") return new HubFolder(source);
  const url = new URL("manifest.json", source.folder).href;
  const response = await download(url, platform, signal);
  const models = parseManifest(await readText(response, url, signal), url);
  const model = source.choice ? choose(models, source.choice, url) : find(models, source.id, url);
  return new ManifestFolder(source.folder, model, url);
}

/** A folder whose files a manifest names, with the size and hash of each. */
class ManifestFolder implements ModelFolder {
  readonly id: string;
  readonly weights: ModelFile | undefined;
  readonly #files: ModelFile[];
  readonly #manifest: string;

  constructor(folder: string, model: ManifestModel, manifest: string) {
    this.id = model.id;
    const base = new URL(`${encodeURIComponent(model.id)}/`, folder);
    this.#files = model.files.map((file) => manifestFile(base, file));
    this.#manifest = manifest;
    this.weights = this.#files.find(({ name }) => name === kWeightsFile);
  }

  announce(meter: ProgressMeter): void {
    for (const { name, bytes } of this.#files) meter.expect(name, bytes);
  }

  async takeSmallFiles(take: TakeFile): Promise<void> {
    const small = this.#files.filter(({ name }) => !name.endsWith(".safetensors"));
    await Promise.all(small.map(take));
  }

  async takeShardIndex(): Promise<void> {} // it is one of the small files

  find(name: string): ModelFile {
    const file = this.#files.find((candidate) => candidate.name === name);
    if (file) return file;
    throw new GlassformerError("NOT_FOUND", `${this.#manifest}: expected a file "${name}"`);
  }
}

function manifestFile(base: URL, { name, bytes, sha256 }: ManifestFile): ModelFile {
  const url = new URL(name, base).href;
  return { name, url, bytes, sha256, cacheKey: `${url}?sha256=${sha256}` };
}

/** The first model for the task and the languages. */
function choose(models: ManifestModel[], { task, languages }: ModelChoice, url: string) {
  const ofTask = models.filter((model) => model.task === task);
  const wanted = languages?.join(" to ");
  const model = ofTask.find(({ languages: known }) => !wanted || known.join(" to ") === wanted);
  if (model) return model;
  const known = ofTask.map(({ languages }) => languages.join(" to ")).join(", ") || "none";
  const expected = wanted ? `${task} from ${wanted}` : task;
  throw new GlassformerError("NOT_FOUND", `${url}: expected a model for ${expected}, got ${known}`);
}

function find(models: ManifestModel[], id: string, url: string): ManifestModel {
  const model = models.find((candidate) => candidate.id === id);
  if (model) return model;
  const known = models.map((candidate) => `"${candidate.id}"`).join(", ") || "none";
  throw new GlassformerError("NOT_FOUND", `${url}: expected a model "${id}", got these: ${known}`);
}
