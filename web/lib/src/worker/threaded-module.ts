// The engine's builds with threads. Their glue is a file of its own, which comes only with them: it
// starts the other threads as workers below this one, with which they end.

import type { MainModule } from "../generated/glassformer-engine-threads.mjs";
import type { EngineBuild } from "./engine-choice.js";
import type { StartedModule } from "./engine-module.js";
import type { FromEmbind } from "./embind-types.js";

type ThreadedModule = FromEmbind<MainModule> & { readonly wasmMemory: WebAssembly.Memory };

interface CreateOptions {
  locateFile: () => string;
  /** This worker among them. */
  threads: number;
}

// The glue is the same for both; bundlers find the files by these expressions.
const kFiles: Record<EngineBuild, string> = {
  simd128: new URL("../generated/glassformer-engine-threads.wasm", import.meta.url).href,
  relaxed: new URL("../generated/glassformer-engine-relaxed-threads.wasm", import.meta.url).href,
};

export async function createThreaded(build: EngineBuild, threads: number): Promise<StartedModule> {
  const glue = await import("../generated/glassformer-engine-threads.mjs");
  const create = glue.default as unknown as (options: CreateOptions) => Promise<ThreadedModule>;
  const engine = await create({ locateFile: () => kFiles[build], threads });
  const module = {
    // Any thread may let the memory grow, which only its own views notice.
    get HEAPU8() {
      return new Uint8Array(engine.wasmMemory.buffer);
    },
    Engine: engine.ThreadedEngine.bind(null, threads),
  };
  return { module, facts: { build, threads } };
}
