// Entry point of the worker.

import { expose } from "comlink";
import { threads as hasThreads } from "wasm-feature-detect";
import createModule, { type MainModule } from "../generated/glassformer-engine.mjs";
import { EngineHost } from "./engine-host.js";
import { chooseBuild, chooseThreads, type EngineBuild, type EngineWish } from "./engine-choice.js";
import { startModule, type StartedModule } from "./engine-module.js";
import { loadProbe } from "./kernel-probe.js";
import type { FromEmbind } from "./embind-types.js";
import { browserPlatform } from "./platform.js";
import { createThreaded } from "./threaded-module.js";

type Create = (options: { locateFile: () => string }) => Promise<FromEmbind<MainModule>>;

// The glue is the same for both; bundlers find the files by these expressions.
const kFiles: Record<EngineBuild, string> = {
  simd128: new URL("../generated/glassformer-engine.wasm", import.meta.url).href,
  relaxed: new URL("../generated/glassformer-engine-relaxed.wasm", import.meta.url).href,
};

async function create(build: EngineBuild): Promise<StartedModule> {
  const module = await (createModule as unknown as Create)({ locateFile: () => kFiles[build] });
  return { module, facts: { build, threads: 1 } };
}

async function createFor({ engine, threads }: EngineWish): Promise<StartedModule> {
  const build = await chooseBuild(engine, loadProbe);
  const count = await chooseThreads(threads, {
    crossOriginIsolated: globalThis.crossOriginIsolated,
    hardwareConcurrency: navigator.hardwareConcurrency || 1, // some browsers keep it to themselves
    hasInstructions: hasThreads,
  });
  if (count > 1) {
    try {
      return await createThreaded(build, count);
    } catch {
      // Shared memory claims its largest size at once, and small devices refuse it: go without.
    }
  }
  return create(build);
}

expose(new EngineHost((wish) => startModule(() => createFor(wish)), browserPlatform()));
