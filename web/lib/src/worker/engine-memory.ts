// Bytes into the engine's memory. The memory may grow, and every older view of it die, whenever the
// engine runs: so a view is taken for one use, and never kept across an await.

import { GlassformerError } from "../errors.js";
import type { Engine, EngineModule, PieceSlot, Status } from "../seam.js";

/** One open model of the engine. */
export interface OpenModel {
  module: EngineModule;
  engine: Engine;
  handle: number;
}

/** Puts a whole file into memory. */
export function addFile({ module, engine, handle }: OpenModel, name: string, bytes: Uint8Array) {
  const { status, address } = engine.allocateFile(handle, name, bytes.length);
  throwUnlessOk(status);
  module.HEAPU8.set(bytes, address);
}

/** A file of weights, which the engine converts piece by piece and never holds as a whole. */
export class WeightsWriter {
  readonly #model: OpenModel;
  readonly #slot: PieceSlot;

  constructor(model: OpenModel, name: string) {
    this.#model = model;
    this.#slot = model.engine.openWeights(model.handle, name);
    throwUnlessOk(this.#slot.status);
  }

  write(chunk: Uint8Array): void {
    const { module, engine, handle } = this.#model;
    for (let begin = 0; begin < chunk.length; begin += this.#slot.bytes) {
      const piece = chunk.subarray(begin, begin + this.#slot.bytes);
      module.HEAPU8.set(piece, this.#slot.address);
      throwUnlessOk(engine.feedWeights(handle, piece.length));
    }
  }
}

export function throwUnlessOk({ code, message }: Status): void {
  if (code !== "OK") throw new GlassformerError(code as GlassformerError["code"], message);
}
