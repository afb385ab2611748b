// One model file in the engine's memory. The memory may grow, and every older view of it die,
// whenever the engine runs: so a view is taken for one use, and never kept across an await.

import { GlassformerError } from "../errors.js";
import type { Engine, EngineModule, Status } from "../seam.js";

export class EngineFile {
  readonly name: string;
  readonly bytes: number;
  readonly #module: EngineModule;
  readonly #address: number;

  constructor(module: EngineModule, name: string, bytes: number, address: number) {
    this.name = name;
    this.bytes = bytes;
    this.#module = module;
    this.#address = address;
  }

  static allocate(
    module: EngineModule,
    engine: Engine,
    model: number,
    name: string,
    bytes: number,
  ): EngineFile {
    const { status, address } = engine.allocateFile(model, name, bytes);
    throwUnlessOk(status);
    return new EngineFile(module, name, bytes, address);
  }

  write(chunk: Uint8Array, at: number): void {
    this.#module.HEAPU8.set(chunk, this.#address + at);
  }

  /** Valid until the next engine call or await. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#module.HEAPU8.subarray(this.#address, this.#address + this.bytes);
  }
}

export function throwUnlessOk({ code, message }: Status): void {
  if (code !== "OK") throw new GlassformerError(code as GlassformerError["code"], message);
}
