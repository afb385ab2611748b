// Entry point of the worker.

import { expose } from "comlink";
import createModule, { type MainModule } from "../generated/glassformer-engine.mjs";
import { EngineHost } from "./engine-host.js";
import { chooseBuild, type EngineBuild, type EngineChoice } from "./engine-choice.js";
import { startModule } from "./engine-module.js";
import { loadProbe } from "./kernel-probe.js";
import type { FromEmbind } from "./embind-types.js";
import { browserPlatform } from "./platform.js";

type Create = (options: { locateFile: () => string }) => Promise<FromEmbind<MainModule>>;

// The glue is the same for both; bundlers find the files by these expressions.
const kFiles: Record<EngineBuild, string> = {
  simd128: new URL("../generated/glassformer-engine.wasm", import.meta.url).href,
  relaxed: new URL("../generated/glassformer-engine-relaxed.wasm", import.meta.url).href,
};

async function create(choice: EngineChoice): Promise<FromEmbind<MainModule>> {
  const url = kFiles[await chooseBuild(choice, loadProbe)];
  return (createModule as unknown as Create)({ locateFile: () => url });
}

expose(new EngineHost((choice) => startModule(() => create(choice)), browserPlatform()));
