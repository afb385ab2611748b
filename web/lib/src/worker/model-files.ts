// Brings a model's files into the engine: the small ones whole, then the weights, which the engine
// converts while they come.

import type { ModelInfo } from "../seam.js";
import { addFile, throwUnlessOk, WeightsWriter, type OpenModel } from "./engine-memory.js";
import { type ModelFile, type ModelFolder } from "./file-list.js";
import { Transfer, type Source, type TransferOptions } from "./transfer.js";

/**
 * Loads a model that is open, or will be; nothing writes to it after this settles.
 *
 * @throws DamagedCopy  if it has to be tried again with a new model
 */
export async function loadFiles(
  folder: ModelFolder,
  model: Promise<OpenModel>,
  dtype: string,
  options: TransferOptions,
): Promise<ModelInfo> {
  const siblings = new AbortController();
  const signal = AbortSignal.any([options.signal, siblings.signal]);
  const transfer = new Transfer({ ...options, signal });
  const loader = new ModelFiles(folder, model, transfer);
  try {
    return await loader.load(dtype, siblings);
  } finally {
    siblings.abort(); // what is still open is not wanted any more
  }
}

class ModelFiles {
  readonly #folder: ModelFolder;
  readonly #model: Promise<OpenModel>;
  readonly #transfer: Transfer;

  constructor(folder: ModelFolder, model: Promise<OpenModel>, transfer: Transfer) {
    this.#folder = folder;
    this.#model = model;
    this.#transfer = transfer;
  }

  async load(dtype: string, siblings: AbortController): Promise<ModelInfo> {
    const weights = await this.#takeSmallFiles(siblings);
    const { engine, handle } = await this.#model;
    const { status, weightFiles } = engine.beginLoad(handle, { dtype });
    throwUnlessOk(status);
    for (const name of weightFiles) {
      const isOpen = weights?.file.name === name;
      await this.#takeWeights(isOpen ? weights : await this.#open(this.#folder.find(name)));
    }
    return engine.finishLoad(handle);
  }

  /** Asks for the weights too, so that they are on their way; null where they are in shards. */
  async #takeSmallFiles(siblings: AbortController): Promise<Source | null> {
    const { weights } = this.#folder;
    const take = (file: ModelFile) => this.#take(file);
    const [, source] = await allOrNothing(siblings, [
      this.#folder.takeSmallFiles(take),
      weights ? this.#transfer.open(weights) : null,
    ]);
    if (!source) await this.#folder.takeShardIndex(take);
    return source;
  }

  async #take(file: ModelFile): Promise<Uint8Array | null> {
    const source = await this.#transfer.open(file);
    if (!source) return null;
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    await this.#transfer.drain(source, (chunk) => void chunks.push(chunk));
    const bytes = new Uint8Array(await new Blob(chunks).arrayBuffer());
    addFile(await this.#model, file.name, bytes);
    return bytes;
  }

  async #open(file: ModelFile): Promise<Source> {
    const source = await this.#transfer.open(file);
    if (!source) throw new Error(`${file.name}: weights that the engine asks for are not optional`);
    return source;
  }

  async #takeWeights(source: Source): Promise<void> {
    const writer = new WeightsWriter(await this.#model, source.file.name);
    await this.#transfer.drain(source, (chunk) => writer.write(chunk));
  }
}

/**
 * As Promise.all, but when one fails the others are stopped, and have ended when this rejects.
 */
async function allOrNothing<A, B>(
  siblings: AbortController,
  [a, b]: [Promise<A>, Promise<B> | B],
): Promise<[A, B]> {
  const failures: unknown[] = [];
  const watch = (failure: unknown) => {
    failures.push(failure);
    siblings.abort();
    throw failure;
  };
  const settled = await Promise.allSettled([a.catch(watch), Promise.resolve(b).catch(watch)]);
  const [first, second] = settled;
  if (first.status === "fulfilled" && second.status === "fulfilled")
    return [first.value, second.value];
  throw failures[0];
}
