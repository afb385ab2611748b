// Starts the WebAssembly module, and says in words why it could not.

import { simd } from "wasm-feature-detect";
import { GlassformerError, messageOf } from "../errors.js";
import type { EngineModule } from "../seam.js";
import type { EngineFacts } from "./engine-choice.js";

export interface StartedModule {
  module: EngineModule;
  facts: EngineFacts;
}

/** `create` calls a factory that Emscripten generates. */
export async function startModule(create: () => Promise<StartedModule>): Promise<StartedModule> {
  if (!(await simd())) {
    throw new GlassformerError(
      "UNSUPPORTED",
      "the engine needs WebAssembly SIMD, which this browser does not have",
    );
  }
  try {
    return await create();
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError || cause instanceof WebAssembly.LinkError)
      throw cause;
    const message = `the engine's WebAssembly file could not be loaded: ${messageOf(cause)}`;
    throw new GlassformerError("NETWORK", message, { cause });
  }
}
